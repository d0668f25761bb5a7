package io.repertoire.streams;

import java.util.ArrayList;
import java.util.List;

final class RecordedMetrics implements StreamsMetrics {

    private final List<String> events = new ArrayList<>();

    synchronized List<String> events() {
        return List.copyOf(events);
    }

    synchronized long count(String start) {
        return events.stream().filter(e -> e.startsWith(start)).count();
    }

    @Override
    public synchronized void received(String topic) {
        events.add("received " + topic);
    }

    @Override
    public synchronized void accepted(String topic) {
        events.add("accepted " + topic);
    }

    @Override
    public synchronized void rejected(String topic) {
        events.add("rejected " + topic);
    }

    @Override
    public synchronized void deadLettered(String topic, String code) {
        events.add("dead-lettered " + topic + " " + code);
    }

    @Override
    public synchronized void sent(String topic) {
        events.add("sent " + topic);
    }
}
