package io.repertoire.customers;

import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A source record as it is now, while the original goes on changing. Its lists, maps and parts are copied, what lists and maps hold is
 * not: a consent, an address or a field's time is replaced by another and never changed. A copy all the way down takes longer.
 */
final class RecordCopy {

    private RecordCopy() {}

    static SourceRecordState of(SourceRecordState record) {
        return (SourceRecordState) copy(record);
    }

    private static SpecificRecord copy(SpecificRecord from) {
        var copy = (SpecificRecord) SpecificData.newInstance(from.getClass(), from.getSchema());
        int fields = from.getSchema().getFields().size();
        for (int i = 0; i < fields; i++) {
            Object value = from.get(i);
            if (value instanceof List<?> list) {
                copy.put(i, new ArrayList<>(list));
            } else if (value instanceof Map<?, ?> map) {
                copy.put(i, new HashMap<>(map));
            } else if (value instanceof SpecificRecord part) {
                copy.put(i, copy(part));
            } else {
                copy.put(i, value);
            }
        }
        return copy;
    }
}
