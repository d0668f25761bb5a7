package io.repertoire.sink;

import java.util.ArrayList;
import java.util.List;

/** The columns of a table in the order they are written, each with how its value is made. Said once, for COPY and upsert alike. */
final class Columns<T> {

    interface Encoder<T> {
        void encode(T value, CopyBuffer out);
    }

    private final List<String> names = new ArrayList<>();
    private final List<Encoder<T>> encoders = new ArrayList<>();
    private Encoder<T>[] frozen = freeze();

    Columns<T> add(String name, Encoder<T> encoder) {
        names.add(name);
        encoders.add(encoder);
        frozen = freeze();
        return this;
    }

    List<String> list() {
        return names;
    }

    String names() {
        return String.join(", ", names);
    }

    void encode(T value, CopyBuffer out) {
        Encoder<T>[] all = frozen;
        out.beginRow(all.length);
        for (Encoder<T> encoder : all) {
            encoder.encode(value, out);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Encoder<T>[] freeze() {
        return encoders.toArray(new Encoder[0]);
    }
}
