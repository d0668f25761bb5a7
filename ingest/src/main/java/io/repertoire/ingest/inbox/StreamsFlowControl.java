package io.repertoire.ingest.inbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The window, fed by what the streams stage has committed, which a thread of its own asks for every 50 ms while rows are on their
 * way. While the answer cannot be had the window simply stays full.
 */
final class StreamsFlowControl implements FlowControl {

    private static final long POLL_MILLIS = 50;

    private final Admin admin;
    private final String group;
    private final TopicPartition partition;
    private final FlowWindow window = new FlowWindow();
    private final Thread thread;
    private volatile boolean closed;

    /** @param admin not closed with this */
    StreamsFlowControl(Admin admin, String group, TopicPartition partition) {
        this.admin = admin;
        this.group = group;
        this.partition = partition;
        this.thread = new Thread(this::run, "ingest-flow-" + partition.partition());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public int room() {
        synchronized (window) {
            return window.room();
        }
    }

    @Override
    public int transactionRows() {
        synchronized (window) {
            return Math.max(FlowWindow.SMALLEST / 4, window.size() / 4);
        }
    }

    @Override
    public void published(int rows, long firstOffset, long lastOffset) {
        synchronized (window) {
            window.published(rows, firstOffset, lastOffset, System.nanoTime());
        }
    }

    private void run() {
        try {
            while (!closed) {
                long outstanding;
                synchronized (window) {
                    outstanding = window.outstanding();
                }
                if (outstanding > 0) {
                    Long next = committed();
                    if (next != null) {
                        synchronized (window) {
                            window.processedTo(next, System.nanoTime());
                        }
                    }
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null if nothing was committed yet or nobody can be asked. */
    private @Nullable Long committed() throws InterruptedException {
        var spec = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition));
        try {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(Map.of(group, spec))
                    .partitionsToOffsetAndMetadata(group)
                    .get(5, TimeUnit.SECONDS)
                    .get(partition);
            return offset == null ? null : offset.offset();
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
