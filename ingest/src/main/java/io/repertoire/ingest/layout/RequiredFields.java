package io.repertoire.ingest.layout;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields a row must have for the system whose file it is; read from a layout file.
 *
 * @param all every one of these
 * @param any at least one of each of these lists
 * @param ifYes further ones for a row that says yes in a field, by that field
 * @param whereThere only fields that the file has a column for: the system has a form and no file of its own
 */
record RequiredFields(
        @Nullable List<String> all,
        @Nullable List<List<String>> any,

        @com.fasterxml.jackson.annotation.JsonProperty("if_yes") @Nullable
        Map<String, List<String>> ifYes,

        @com.fasterxml.jackson.annotation.JsonProperty("where_there")
        boolean whereThere) {

    /** Made once a layout. */
    Check check() {
        List<Set<Field>> sets = new ArrayList<>();
        if (all != null) {
            all.forEach(name -> sets.add(EnumSet.copyOf(alternatives(Field.named(name)))));
        }
        if (any != null) {
            for (List<String> names : any) {
                Set<Field> set = EnumSet.noneOf(Field.class);
                names.forEach(name -> set.addAll(alternatives(Field.named(name))));
                sets.add(set);
            }
        }
        List<Map.Entry<Field, Field>> conditions = new ArrayList<>();
        if (ifYes != null) {
            ifYes.forEach((condition, names) ->
                    names.forEach(name -> conditions.add(Map.entry(Field.named(condition), Field.named(name)))));
        }
        return new Check(List.copyOf(sets), List.copyOf(conditions), whereThere);
    }

    /** Any phone is a phone. */
    private static List<Field> alternatives(Field field) {
        return field == Field.PHONE
                ? List.of(Field.PHONE, Field.PHONE_MOBILE, Field.PHONE_FIXED, Field.PHONE_WORK)
                : List.of(field);
    }

    /**
     * @param oneOf of each set one field must be there; the first names it
     * @param conditions a field that must say yes for the other to be needed
     */
    record Check(List<Set<Field>> oneOf, List<Map.Entry<Field, Field>> conditions, boolean whereThere) {

        /** What is left of it for a file that has no column for some of the fields. */
        Check of(Set<Field> columns) {
            return whereThere
                    ? new Check(
                            oneOf.stream()
                                    .filter(set -> set.stream().anyMatch(columns::contains))
                                    .toList(),
                            conditions,
                            false)
                    : this;
        }

        /** Whether this field is missed for want of anything that says who somebody is. */
        boolean isAnybody(Field missed) {
            return oneOf.stream()
                    .anyMatch(set -> set.iterator().next() == missed && set.contains(Field.EMAIL) && set.size() > 2);
        }

        /** @param saysYes fields that say yes */
        List<Field> missing(Set<Field> present, Set<Field> saysYes) {
            List<Field> missing = new ArrayList<>(0);
            for (Set<Field> set : oneOf) {
                if (set.stream().noneMatch(present::contains)) {
                    missing.add(set.iterator().next());
                }
            }
            for (Map.Entry<Field, Field> condition : conditions) {
                if (saysYes.contains(condition.getKey()) && !present.contains(condition.getValue())) {
                    missing.add(condition.getValue());
                }
            }
            return missing;
        }
    }
}
