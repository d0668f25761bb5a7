package io.repertoire.bench;

import java.util.Locale;

/** Whose work a thread does. */
enum Part {
    INGEST("ingest: read, map, encode"),
    INGEST_SEND("ingest: Kafka producer"),
    STREAMS("streams: validate, dedupe, merge"),
    STREAMS_SEND("streams: Kafka producer"),
    STREAMS_STORE("streams: RocksDB's own threads"),
    SINK("sink: decode, upsert"),
    BROKER("Kafka broker"),
    POSTGRES("PostgreSQL: sessions"),
    POSTGRES_BACKGROUND("PostgreSQL: WAL, checkpoints, vacuum"),
    REGISTRY("schema registry"),
    HTTP("HTTP server"),
    GC("garbage collection"),
    JIT("just-in-time compiler"),
    JVM("virtual machine"),
    OTHER("everything else");

    private final String label;

    Part(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /**
     * @param title the process's command line
     * @param name the thread's name, whole if known
     */
    static Part of(String title, String comm, String name) {
        if (comm.equals("postgres") || title.startsWith("postgres:")) {
            boolean background = title.startsWith("postgres:")
                    && !title.contains("(") // a session shows its client's address and port
                    && !title.contains("[local]")
                    && !title.contains("parallel worker");
            return background || !title.startsWith("postgres:") ? POSTGRES_BACKGROUND : POSTGRES;
        }
        if (title.contains("apicurio")) {
            return REGISTRY;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.startsWith("GC Thread") || name.startsWith("ParGC") || name.startsWith("G1 ")) {
            return GC;
        }
        if (name.contains("CompilerThre") || name.startsWith("Sweeper") || name.equals("Service Thread")) {
            return JIT;
        }
        if (lower.contains("rocksdb")) {
            return STREAMS_STORE;
        }
        if (lower.startsWith("kafka-producer-")) {
            return ofProducer(lower);
        }
        if (lower.contains("streamthread") || lower.contains("stateupdater") || lower.startsWith("repertoire-stre")) {
            return STREAMS;
        }
        if (lower.startsWith("ingest") || lower.contains("repertoire-ingest")) {
            return INGEST;
        }
        if (lower.startsWith("sink") || lower.contains("repertoire-sink")) {
            return SINK;
        }
        if (isBroker(lower)) {
            return BROKER;
        }
        if (lower.startsWith("http-") || lower.startsWith("jetty") || lower.startsWith("qtp")) {
            return HTTP;
        }
        if (name.startsWith("VM ")
                || name.equals("Finalizer")
                || name.startsWith("Reference Handl")
                || name.equals("Signal Dispatch")
                || name.equals("Monitor Deflati")
                || name.equals("java")) {
            return JVM;
        }
        return OTHER;
    }

    /** Named after its client id, which the kernel's short name does not reach. */
    private static Part ofProducer(String name) {
        if (name.contains("streamthread")) {
            return STREAMS_SEND;
        }
        if (name.contains("ingest")) {
            return INGEST_SEND;
        }
        if (name.contains("sink")) {
            return SINK;
        }
        return name.contains("http") ? HTTP : OTHER;
    }

    private static boolean isBroker(String name) {
        return name.startsWith("data-plane-kafka")
                || name.startsWith("kafka-")
                || name.startsWith("raft-")
                || name.startsWith("quorum-")
                || name.startsWith("broker-")
                || name.startsWith("controller-")
                || name.startsWith("group-coordinat")
                || name.startsWith("share-coordinat")
                || name.startsWith("transaction-")
                || name.startsWith("transactionmark")
                || name.startsWith("txnmarker")
                || name.startsWith("expirationreape")
                || name.startsWith("logdirfailure")
                || name.startsWith("log-")
                || name.startsWith("scheduled-execut")
                || name.startsWith("metadata-")
                || name.startsWith("system-timer")
                || name.startsWith("executor-")
                || name.startsWith("eventhandler")
                || name.contains("to-controller-forwarding")
                || name.contains("to-controller-al");
    }
}
