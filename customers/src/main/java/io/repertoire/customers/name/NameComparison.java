package io.repertoire.customers.name;

/** How two people's names relate (RULES C-1, "Names"). */
public enum NameComparison {
    /** Given and family name both equal after folding, or crossed. */
    SAME,
    /** A part present on both sides has no agreeing token, and crossing does not help. */
    CONFLICT,
    /** Anything else, a missing name included. */
    UNDECIDED
}
