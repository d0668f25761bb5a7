package io.repertoire.customers.golden;

import io.repertoire.schemas.SubmittedAddress;
import io.repertoire.schemas.SubmittedExternalId;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Contact points and ids are held in slots, such as the first mobile number: a slot that is not said again is blank. */
final class Slots {

    private Slots() {}

    /**
     * A field of a record after another version of it.
     *
     * @param before what it held
     * @param value what is said now
     */
    static Object combined(ContentField field, @Nullable Object before, Object value) {
        if (before == null) {
            return value;
        }
        if (field == ContentField.EMAILS) {
            return fill(emails(before), emails(value), (a, b) -> Objects.equals(a.getLabel(), b.getLabel()));
        }
        if (field == ContentField.PHONES) {
            return fill(phones(before), phones(value), (a, b) -> Objects.equals(a.getLabel(), b.getLabel()));
        }
        if (field == ContentField.ADDRESSES) {
            return fill(
                    addresses(before),
                    addresses(value),
                    (a, b) -> a.getType() == b.getType() && Objects.equals(a.getLabel(), b.getLabel()));
        }
        if (field == ContentField.EXTERNAL_IDS) {
            return fill(
                    externalIds(before),
                    externalIds(value),
                    (a, b) -> a.getKind() == b.getKind() && a.getSystem().equals(b.getSystem()));
        }
        return value;
    }

    private static <T> List<T> fill(List<T> before, List<T> value, BiPredicate<T, T> sameSlot) {
        var result = new ArrayList<T>(before);
        var taken = new HashSet<Integer>();
        for (T said : value) {
            int slot = -1;
            for (int i = 0; i < before.size() && slot < 0; i++) {
                if (!taken.contains(i) && sameSlot.test(before.get(i), said)) {
                    slot = i;
                }
            }
            if (slot < 0) {
                result.add(said);
            } else {
                taken.add(slot);
                result.set(slot, said);
            }
        }
        return distinct(result);
    }

    private static <T> List<T> distinct(List<T> values) {
        var result = new ArrayList<T>(values.size());
        for (T value : values) {
            if (!result.contains(value)) {
                result.add(value);
            }
        }
        return result;
    }

    @SuppressWarnings("unchecked")
    private static List<HeldEmail> emails(Object list) {
        return (List<HeldEmail>) list;
    }

    @SuppressWarnings("unchecked")
    private static List<HeldPhone> phones(Object list) {
        return (List<HeldPhone>) list;
    }

    @SuppressWarnings("unchecked")
    private static List<SubmittedAddress> addresses(Object list) {
        return (List<SubmittedAddress>) list;
    }

    @SuppressWarnings("unchecked")
    private static List<SubmittedExternalId> externalIds(Object list) {
        return (List<SubmittedExternalId>) list;
    }
}
