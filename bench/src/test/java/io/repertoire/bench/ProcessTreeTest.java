package io.repertoire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {

    @Test
    void the_cpu_and_memory_of_a_process_and_its_children_are_seen_and_outlive_them() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/smaps_rollup")), "needs Linux");
        Process parent = new ProcessBuilder("sh", "-c", "(while :; do :; done) & echo $!; wait").start();
        long child = Long.parseLong(parent.inputReader().readLine());
        var tree = new ProcessTree(parent.pid(), "/no/such/folder");
        try {
            for (int i = 0; i < 100 && cpu(tree, child) == 0; i++) {
                Thread.sleep(20);
                tree.sample(true);
            }
        } finally {
            ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
            parent.destroyForcibly().waitFor();
        }
        long seen = cpu(tree, child);
        assertThat(seen).isPositive();
        assertThat(tree.peakRssKb()).isPositive();
        assertThat(tree.peakPssKb()).isPositive().isLessThanOrEqualTo(tree.peakRssKb());
        tree.sample(true);
        assertThat(cpu(tree, child)).isEqualTo(seen);
    }

    @Test
    void every_thread_belongs_to_the_part_whose_work_it_does() {
        assertThat(part("postgres: repertoire repertoire 127.0.0.1(40222) UPDATE", "postgres"))
                .isEqualTo(Part.POSTGRES);
        assertThat(part("postgres: walwriter", "postgres")).isEqualTo(Part.POSTGRES_BACKGROUND);
        assertThat(part("/x/bin/postgres -D /x", "postgres")).isEqualTo(Part.POSTGRES_BACKGROUND);
        assertThat(part("java -jar apicurio-registry-app-runner.jar", "main")).isEqualTo(Part.REGISTRY);
        assertThat(part("java", "kafka-producer-network-thread | repertoire-ingest-main"))
                .isEqualTo(Part.INGEST_SEND);
        assertThat(part("java", "kafka-producer-network-thread | repertoire-streams-1-StreamThread-1-producer"))
                .isEqualTo(Part.STREAMS_SEND);
        assertThat(part("java", "kafka-producer-network-thread | repertoire-http"))
                .isEqualTo(Part.HTTP);
        assertThat(part("java", "repertoire-streams-0b3c-StreamThread-1")).isEqualTo(Part.STREAMS);
        assertThat(part("java", "rocksdb:low0")).isEqualTo(Part.STREAMS_STORE);
        assertThat(part("java", "sink-directory-0")).isEqualTo(Part.SINK);
        assertThat(part("java", "ingest-file-main")).isEqualTo(Part.INGEST);
        assertThat(part("java", "data-plane-kafka-request-handler-3")).isEqualTo(Part.BROKER);
        assertThat(part("java", "GC Thread#1")).isEqualTo(Part.GC);
        assertThat(part("java", "C2 CompilerThread0")).isEqualTo(Part.JIT);
        assertThat(part("java", "whatever")).isEqualTo(Part.OTHER);
    }

    @Test
    void only_a_program_that_takes_the_signal_is_asked_for_its_threads() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs Linux");
        assertThat(ThreadNames.catchesQuit(ProcessHandle.current().pid())).isTrue();
        Process shell = new ProcessBuilder("sh", "-c", "read line; exit 7").start();
        try {
            assertThat(ThreadNames.catchesQuit(shell.pid())).isFalse();
            new ThreadNames().ask(shell.pid());
            shell.outputWriter().close();
            assertThat(shell.waitFor()).isIn(7, 1);
        } finally {
            shell.destroyForcibly();
        }
    }

    @Test
    void the_whole_name_of_a_thread_is_read_from_a_thread_dump() {
        var names = new ThreadNames();
        names.learn("\"data-plane-kafka-request-handler-3\" #61 daemon prio=5 os_prio=0 cpu=1.50ms elapsed=4.4s"
                + " tid=0x00007f nid=0x1f40 waiting on condition  [0x00007f]");
        assertThat(names.of(0x1f40, "short")).isEqualTo("data-plane-kafka-request-handler-3");
        assertThat(names.of(1, "short")).isEqualTo("short");
    }

    private static Part part(String title, String name) {
        return Part.of(title, name.length() > 15 ? name.substring(0, 15) : name, name);
    }

    private static long cpu(ProcessTree tree, long process) {
        return tree.threads().stream()
                .filter(seen -> seen.process() == process)
                .mapToLong(ProcessTree.Seen::micros)
                .sum();
    }
}
