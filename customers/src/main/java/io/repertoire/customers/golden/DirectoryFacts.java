package io.repertoire.customers.golden;

import io.repertoire.schemas.state.IdentifierState;
import org.jspecify.annotations.Nullable;

/** What a golden record needs to know besides its source records: what the directory holds about their contact points. */
public interface DirectoryFacts {

    /** Nothing is known of any contact point. */
    DirectoryFacts NONE = new DirectoryFacts() {
        @Override
        public @Nullable IdentifierState point(String kind, String value) {
            return null;
        }

        @Override
        public boolean purchaseImpliesConsent() {
            return false;
        }

        @Override
        public long now() {
            return 0;
        }
    };

    /** @param kind {@code email} or {@code phone} */
    @Nullable
    IdentifierState point(String kind, String value);

    /** Whether whoever bought something may be written to for a while (P39). */
    boolean purchaseImpliesConsent();

    /** Epoch ms: implied consents that ended by then have lapsed. */
    long now();

    /** Held by too many people (P4). */
    default boolean isShared(String kind, String value) {
        IdentifierState point = point(kind, value);
        return point != null && point.getShared();
    }
}
