package io.repertoire.schemas.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Records with every kind of content their schema allows: absent fields, empty and full lists, accents, emoji, extreme numbers. */
public final class RandomRecords {

    private static final String[] TEXTS = {
        "", "a", "Élodie", "Müller-Straße 12", "日本語", "🛍️ shop", "quote\" and \n line", "0612345678", "x".repeat(300)
    };

    private final Random random;

    public RandomRecords(long seed) {
        this.random = new Random(seed);
    }

    /** A record of a generated class. */
    public <T extends SpecificRecord> T next(Class<T> type) {
        return type.cast(value(SpecificData.get().getSchema(type), 0));
    }

    private Object value(Schema schema, int depth) {
        if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            return Instant.ofEpochMilli(random.nextLong() >> 16);
        }
        if (schema.getLogicalType() instanceof LogicalTypes.Date) {
            return LocalDate.ofEpochDay(random.nextInt(40_000));
        }
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return new BigDecimal(BigInteger.valueOf(random.nextLong() >> 20), decimal.getScale());
        }
        switch (schema.getType()) {
            case RECORD -> {
                var record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
                for (var field : schema.getFields()) {
                    record.put(field.pos(), value(field.schema(), depth + 1));
                }
                return record;
            }
            case ENUM -> {
                var symbols = schema.getEnumSymbols();
                return SpecificData.get().createEnum(symbols.get(random.nextInt(symbols.size())), schema);
            }
            case ARRAY -> {
                var list = new ArrayList<>();
                for (int i = count(depth); i > 0; i--) {
                    list.add(value(schema.getElementType(), depth + 1));
                }
                return list;
            }
            case MAP -> {
                var map = new HashMap<String, Object>();
                for (int i = count(depth); i > 0; i--) {
                    map.put(text() + i, value(schema.getValueType(), depth + 1));
                }
                return map;
            }
            case UNION -> {
                var types = schema.getTypes();
                var chosen = types.get(depth > 6 ? 0 : random.nextInt(types.size()));
                return chosen.getType() == Schema.Type.NULL ? null : value(chosen, depth + 1);
            }
            case STRING -> {
                return text();
            }
            case BYTES -> {
                var bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                return ByteBuffer.wrap(bytes);
            }
            case INT -> {
                return random.nextInt() >> random.nextInt(32);
            }
            case LONG -> {
                return random.nextLong() >> random.nextInt(64);
            }
            case FLOAT -> {
                return random.nextFloat();
            }
            case DOUBLE -> {
                return random.nextDouble();
            }
            case BOOLEAN -> {
                return random.nextBoolean();
            }
            default -> throw new IllegalArgumentException(schema.toString());
        }
    }

    private int count(int depth) {
        return depth > 6 ? 0 : random.nextInt(4);
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }
}
