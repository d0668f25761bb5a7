package io.repertoire.sink;

import io.repertoire.schemas.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Provenance the other way round: for each source the fields it gave. Most fields of a customer come from one or two sources, and said
 * field by field they would be half of its row. Not thread-safe.
 */
final class ProvenanceJson {

    private final AvroJson source = AvroJson.of(Provenance.getClassSchema());

    void write(Map<String, Provenance> provenance, CopyBuffer out) {
        List<Map.Entry<String, Provenance>> left = new ArrayList<>(provenance.entrySet());
        char separator = '[';
        while (!left.isEmpty()) {
            Provenance first = left.get(0).getValue();
            out.raw(separator);
            out.rawAscii("{\"fields\":");
            separator = '[';
            List<Map.Entry<String, Provenance>> others = new ArrayList<>();
            for (Map.Entry<String, Provenance> entry : left) {
                if (same(first, entry.getValue())) {
                    out.raw(separator);
                    out.jsonString(entry.getKey());
                    separator = ',';
                } else {
                    others.add(entry);
                }
            }
            out.rawAscii("],\"source\":");
            source.write(first, out);
            out.raw('}');
            separator = ',';
            left = others;
        }
        out.raw(']');
    }

    private static boolean same(Provenance a, Provenance b) {
        return a.getSourceKey().equals(b.getSourceKey())
                && a.getObservedAt().equals(b.getObservedAt())
                && a.getRule().equals(b.getRule())
                && a.getSystem().equals(b.getSystem());
    }
}
