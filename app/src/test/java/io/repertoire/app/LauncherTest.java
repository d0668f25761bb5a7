package io.repertoire.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a fake {@code java} and a fake {@code mvn}: what it builds, what it runs, what it says. */
class LauncherTest {

    private static final Path LAUNCHER =
            Path.of("..", "repertoire").toAbsolutePath().normalize();

    @TempDir
    Path temp;

    @Test
    void it_is_a_posix_script_that_may_be_run() throws Exception {
        assertThat(LAUNCHER).isExecutable();
        assertThat(run(temp, Map.of(), "sh", "-n", LAUNCHER.toString()).exitCode())
                .isZero();
        assertThat(Files.readString(LAUNCHER)).startsWith("#!/bin/sh\n").doesNotContain("[[", "\r", "function ");
    }

    @Test
    void it_builds_once_passes_arguments_and_exit_code_through_and_keeps_standard_output_for_the_answer()
            throws Exception {
        Path home = installation();

        Run first = run(temp, tools(), home.resolve("repertoire").toString(), "import", "a file.csv", "--json");
        Run second = run(temp, tools(), home.resolve("repertoire").toString(), "status");

        assertThat(first.out()).isEqualTo("answer: import|a file.csv|--json|\n");
        assertThat(first.err()).contains("Building Repertoire", "maven speaks", "Built.");
        assertThat(first.exitCode()).isEqualTo(7);
        assertThat(second.err()).doesNotContain("Building");
        assertThat(second.out()).isEqualTo("answer: status|\n");
    }

    @Test
    void it_builds_again_when_a_source_is_newer() throws Exception {
        Path home = installation();
        run(temp, tools(), home.resolve("repertoire").toString());
        Path source = home.resolve("app/src/main/Changed.java");
        Files.writeString(source, "changed");
        Files.setLastModifiedTime(
                source, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 60_000));

        assertThat(run(temp, tools(), home.resolve("repertoire").toString()).err())
                .contains("Building Repertoire");
    }

    @Test
    void it_works_through_a_symbolic_link_from_another_folder() throws Exception {
        Path home = installation();
        Path link = Files.createSymbolicLink(temp.resolve("linked"), home.resolve("repertoire"));
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));

        assertThat(run(elsewhere, tools(), link.toString(), "version").out()).isEqualTo("answer: version|\n");
    }

    @Test
    void a_build_that_fails_is_said_and_runs_nothing() throws Exception {
        Path home = installation();
        script("mvn", "exit 1");

        Run run = run(temp, tools(), home.resolve("repertoire").toString(), "version");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("The build failed");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void java_is_never_run_in_the_c_locale_in_which_it_cannot_open_files_with_accents() throws Exception {
        Path home = installation();
        String launcher = home.resolve("repertoire").toString();
        run(temp, tools(), launcher, "version");
        script("java", "printf '%s\\n' \"$LC_ALL\"");

        assertThat(run(temp, inLocale("C"), launcher).out()).isEqualTo("C.UTF-8\n");
        assertThat(run(temp, inLocale("fr_CA.UTF-8"), launcher).out()).isEqualTo("fr_CA.UTF-8\n");
    }

    private Map<String, String> inLocale(String locale) {
        Map<String, String> all = new HashMap<>(tools());
        all.put("LC_ALL", locale);
        return all;
    }

    @Test
    void an_old_java_is_named() throws Exception {
        Path home = installation();
        script("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");

        Run run = run(temp, tools(), home.resolve("repertoire").toString(), "version");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("needs Java 17 or later", "version 11");
    }

    private Path installation() throws IOException {
        Path home = Files.createDirectories(temp.resolve("home"));
        Files.createDirectories(home.resolve("app/src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.writeString(home.resolve("app/pom.xml"), "<project/>");
        Files.copy(LAUNCHER, home.resolve("repertoire"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(temp.resolve("bin"));
        script("mvn", "mkdir -p app/target/lib && : >app/target/repertoire-app.jar && echo maven speaks");
        script("javac", "exit 0");
        script("java", """
                if [ "$1" = -version ]; then echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit 0; fi
                while [ "$1" != io.repertoire.app.Main ]; do shift; done
                shift
                printf 'answer: '; printf '%s|' "$@"; echo
                exit 7""");
        return home;
    }

    private void script(String name, String body) throws IOException {
        Path file = temp.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Map<String, String> tools() {
        return Map.of("PATH", temp.resolve("bin") + ":/usr/bin:/bin", "JAVA_HOME", "");
    }

    private Run run(Path folder, Map<String, String> environment, String... command) throws Exception {
        Path out = temp.resolve("out.txt");
        Path err = temp.resolve("err.txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private record Run(int exitCode, String out, String err) {}
}
