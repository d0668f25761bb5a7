package io.repertoire.customers;

import io.repertoire.customers.contact.BlockList;
import io.repertoire.customers.keys.Sha256;
import io.repertoire.customers.keys.SourceKeySecret;
import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.policy.DirectoryPolicy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether two policies are the same, told by a short text that is the same on every machine and after every restart. */
final class PolicyFingerprint {

    private static final int BYTES = 12;

    /** Types whose text says everything they are, and the same everywhere. */
    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Duration.class,
            BlockList.class,
            SuppressionSecret.class);

    private PolicyFingerprint() {}

    static String of(DirectoryPolicy policy) {
        return of(policy, "");
    }

    /** @param lists what contact points are read by besides it: {@link CustomerNormaliser#lists()} */
    static String of(DirectoryPolicy policy, String lists) {
        byte[] hash = Sha256.of((text(policy) + lists).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
    }

    /** The order of a set is another one in every process, so its elements are sorted. */
    static String text(@Nullable Object value) {
        if (value instanceof Record record) {
            return record(record);
        }
        if (value instanceof Set<?> set) {
            return "{"
                    + String.join(
                            ",",
                            set.stream().map(PolicyFingerprint::text).sorted().toList()) + '}';
        }
        if (value instanceof Map<?, ?> map) {
            return "{"
                    + String.join(
                            ",",
                            map.entrySet().stream()
                                    .map(e -> text(e.getKey()) + '=' + text(e.getValue()))
                                    .sorted()
                                    .toList())
                    + '}';
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PolicyFingerprint::text).toList().toString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value == null || PLAIN.contains(value.getClass())) {
            return String.valueOf(value);
        }
        // Its text may be another one in every process, or the same for two of them.
        throw new IllegalStateException("no fingerprint of a policy's " + value.getClass());
    }

    private static String record(Record record) {
        var parts = new ArrayList<String>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (component.getType() == SourceKeySecret.class || component.getType() == UndoPolicy.class) {
                // No image depends on it.
                continue;
            }
            try {
                parts.add(
                        component.getName() + '=' + text(component.getAccessor().invoke(record)));
            } catch (IllegalAccessException | InvocationTargetException unreadable) {
                throw new IllegalStateException("a policy that cannot be read", unreadable);
            }
        }
        return parts.toString();
    }
}
