package io.repertoire.sink;

import io.repertoire.schemas.RecordHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One record as it was read, not yet decoded: within a batch only the last of a key has to be.
 *
 * @param key null if the record has none, which is a fault
 * @param previous in a folded batch, the record of the same key that this one replaced
 */
record InputRecord(
        ConsumerRecord<byte[], byte[]> raw,
        @Nullable String key,
        @Nullable InputRecord previous) {

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};

    static InputRecord of(ConsumerRecord<byte[], byte[]> raw) {
        return new InputRecord(raw, raw.key() == null ? null : new String(raw.key(), StandardCharsets.UTF_8), null);
    }

    InputRecord replacing(InputRecord older) {
        return new InputRecord(raw, key, older);
    }

    boolean isTombstone() {
        return raw.value() == null;
    }

    boolean isLastOfInput() {
        Header header = raw.headers().lastHeader(RecordHeaders.LAST_OF_INPUT);
        return header != null && java.util.Arrays.equals(header.value(), TRUE);
    }

    /** Of the header; -1 if there is none. */
    long version() {
        Header header = raw.headers().lastHeader(RecordHeaders.VERSION);
        if (header == null || header.value() == null) {
            return -1;
        }
        long version = 0;
        for (byte digit : header.value()) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            version = version * 10 + (digit - '0');
        }
        return header.value().length == 0 ? -1 : version;
    }
}
