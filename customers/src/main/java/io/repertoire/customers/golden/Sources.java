package io.repertoire.customers.golden;

import io.repertoire.customers.policy.Survivorship;
import io.repertoire.customers.policy.Survivorship.Preset;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.state.FieldTime;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.List;

/**
 * The source records that give values, and who wins among them (P26, P31): what a person locked; by the preset MOST_RECENT the more trusted source, then
 * event time, then completeness, then the smaller source key, never the order they arrived in; by PRIMARY_WINS the one that was
 * there first.
 */
final class Sources {

    private final List<SourceRecordState> giving;
    private final int[] completeness;
    private final Survivorship rules;

    /** @param members in the order in which they came to the customer: a primary's before those it absorbed */
    Sources(List<SourceRecordState> members, Survivorship rules) {
        this.rules = rules;
        List<SourceRecordState> full = members;
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).getRole() != MemberRole.FULL) {
                full = new ArrayList<>(members.size());
                for (SourceRecordState member : members) {
                    if (member.getRole() == MemberRole.FULL) {
                        full.add(member);
                    }
                }
                break;
            }
        }
        giving = full;
        completeness = new int[giving.size()];
    }

    int size() {
        return giving.size();
    }

    SourceRecordState get(int i) {
        return giving.get(i);
    }

    NormalisedCustomer content(int i) {
        return giving.get(i).getContent();
    }

    FieldTime time(int i, String field) {
        return SourceVersions.timeOf(giving.get(i), field);
    }

    /** Whether source {@code a} speaks louder on a field than {@code b}. */
    boolean beats(int a, int b, String field) {
        boolean locked = isLocked(a, field);
        if (locked != isLocked(b, field)) {
            return locked;
        }
        int byRank = Integer.compare(rank(a), rank(b));
        if (byRank != 0) {
            return byRank < 0;
        }
        int byTime = Long.compare(time(a, field).getAt(), time(b, field).getAt());
        if (byTime != 0) {
            return byTime > 0;
        }
        int byCompleteness = Integer.compare(completeness(a), completeness(b));
        if (byCompleteness != 0) {
            return byCompleteness > 0;
        }
        return FilePlace.LATER_FIRST.compare(giving.get(a), giving.get(b)) < 0;
    }

    /** A person set the field by hand (P26). */
    boolean isLocked(int i, String field) {
        List<String> locked = giving.get(i).getLocked();
        return !locked.isEmpty() && locked.contains(field);
    }

    /** The source that wins a field, -1 if it is blank: nobody says it, or a person cleared it by hand. */
    int winner(ContentField field) {
        int best = -1;
        for (int i = 0; i < giving.size(); i++) {
            if ((field.get(content(i)) != null || isLocked(i, field.name()))
                    && (best < 0 || beats(i, best, field.name()))) {
                best = i;
            }
        }
        return best >= 0 && field.get(content(best)) == null ? -1 : best;
    }

    /** What counts before time does: the lower wins. */
    int rank(int i) {
        if (rules.preset() == Preset.PRIMARY_WINS) {
            return i;
        }
        int trusted = rules.sources().isEmpty()
                ? 0
                : rules.sources().indexOf(giving.get(i).getSystem());
        return trusted < 0 ? rules.sources().size() : trusted;
    }

    /** The id of the rule by which a source wins, where more than one speaks. */
    String rule(int winner) {
        if (rules.preset() == Preset.PRIMARY_WINS) {
            return rules.preset().name();
        }
        return rules.sources().isEmpty() || rank(winner) == rules.sources().size()
                ? rules.preset().name()
                : "SOURCE_PRIORITY";
    }

    /** Whether another source may lend a value its accents. */
    boolean mayImproveSpelling() {
        return rules.preset() != Preset.PRIMARY_WINS;
    }

    /** The rule that most fields are won by. */
    String usualRule() {
        return rules.preset().name();
    }

    private int completeness(int i) {
        if (completeness[i] == 0) {
            NormalisedCustomer content = content(i);
            int set = 1 + content.getAttributes().size();
            for (ContentField field : ContentField.ALL) {
                set += field.get(content) == null ? 0 : 1;
            }
            completeness[i] = set;
        }
        return completeness[i];
    }
}
