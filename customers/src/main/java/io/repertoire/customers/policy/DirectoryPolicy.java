package io.repertoire.customers.policy;

import io.repertoire.customers.UndoPolicy;
import io.repertoire.customers.contact.BlockList;
import io.repertoire.customers.keys.SourceKeySecret;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a directory's owner chose; {@code directory.NAME.*} in the configuration.
 *
 * @param defaultRegion country, alpha-2, to read a national phone number with when neither row nor submission names one
 * @param ownEmails the merchant's own addresses and whole domains ({@code @shop.example}), normalised: never keys (P3)
 * @param ownPhones the merchant's own numbers, E.164: never keys (P3)
 * @param maxEmails emails a customer may hold before a further one goes to review (P9)
 * @param maxPhones phones a customer may hold before a further one goes to review (P9)
 * @param emailDegree people with conflicting names that may share an email before it stops matching (P4)
 * @param phoneDegree the same for a phone (P4)
 * @param purchaseImpliesConsent who bought something may be written to for two years, as CASL has it (P39)
 * @param sourceKeySecret what source keys are hashed with; none: plain hashes
 * @param required which fields a new record must have
 * @param blockList what this directory adds to the shipped list of contact points that are nobody's (P1, P2, P7)
 */
public record DirectoryPolicy(
        String defaultRegion,
        Set<String> ownEmails,
        Set<String> ownPhones,
        int maxEmails,
        int maxPhones,
        int emailDegree,
        int phoneDegree,
        boolean purchaseImpliesConsent,
        BlockList blockList,
        MatchPolicy match,
        Survivorship survivorship,
        ErasurePolicy erasure,
        @Nullable SourceKeySecret sourceKeySecret,
        RuleSet required,
        UndoPolicy undo) {

    private static final BlockList NOTHING_MORE = BlockList.of(List.of());

    public DirectoryPolicy {
        ownEmails = Set.copyOf(ownEmails);
        ownPhones = Set.copyOf(ownPhones);
    }

    /** With the shipped rules and lists. */
    public DirectoryPolicy(
            String defaultRegion,
            Set<String> ownEmails,
            Set<String> ownPhones,
            int maxEmails,
            int maxPhones,
            int emailDegree,
            int phoneDegree,
            boolean purchaseImpliesConsent) {
        this(
                defaultRegion,
                ownEmails,
                ownPhones,
                maxEmails,
                maxPhones,
                emailDegree,
                phoneDegree,
                purchaseImpliesConsent,
                NOTHING_MORE,
                MatchPolicy.defaults(),
                Survivorship.defaults(),
                ErasurePolicy.defaults(),
                null,
                RuleSet.ANY,
                UndoPolicy.defaults());
    }

    /** The shipped values of RULES. */
    public static DirectoryPolicy defaults() {
        return new DirectoryPolicy("CA", Set.of(), Set.of(), 5, 5, 3, 4, true);
    }

    public DirectoryPolicy with(ErasurePolicy other) {
        return with(blockList, match, survivorship, other, sourceKeySecret, required, undo);
    }

    public DirectoryPolicy with(MatchPolicy other) {
        return with(blockList, other, survivorship, erasure, sourceKeySecret, required, undo);
    }

    public DirectoryPolicy with(Survivorship other) {
        return with(blockList, match, other, erasure, sourceKeySecret, required, undo);
    }

    public DirectoryPolicy with(BlockList other) {
        return with(other, match, survivorship, erasure, sourceKeySecret, required, undo);
    }

    public DirectoryPolicy with(@Nullable SourceKeySecret other) {
        return with(blockList, match, survivorship, erasure, other, required, undo);
    }

    public DirectoryPolicy with(RuleSet other) {
        return with(blockList, match, survivorship, erasure, sourceKeySecret, other, undo);
    }

    public DirectoryPolicy with(UndoPolicy other) {
        return with(blockList, match, survivorship, erasure, sourceKeySecret, required, other);
    }

    private DirectoryPolicy with(
            BlockList newBlockList,
            MatchPolicy newMatch,
            Survivorship newSurvivorship,
            ErasurePolicy newErasure,
            @Nullable SourceKeySecret newSourceKeySecret,
            RuleSet newRequired,
            UndoPolicy newUndo) {
        return new DirectoryPolicy(
                defaultRegion,
                ownEmails,
                ownPhones,
                maxEmails,
                maxPhones,
                emailDegree,
                phoneDegree,
                purchaseImpliesConsent,
                newBlockList,
                newMatch,
                newSurvivorship,
                newErasure,
                newSourceKeySecret,
                newRequired,
                newUndo);
    }
}
