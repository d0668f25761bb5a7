package io.repertoire.customers;

import io.repertoire.customers.identity.Identifiers;
import io.repertoire.customers.keys.ContentHash;
import io.repertoire.customers.keys.SourceKeys;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What can arrive again: the source record a submission describes, named by the system and its id, or without an id by the system
 * and a hash of the content (DESIGN §8).
 */
record SubmissionKey(String sourceKey, ByteBuffer contentHash) {

    static SubmissionKey of(
            SourceKeys keys, String system, @Nullable String sourceCustomerId, NormalisedCustomer content) {
        byte[] hash = ContentHash.of(content);
        String key = sourceCustomerId == null ? keys.ofContent(system, hash) : keys.ofId(system, sourceCustomerId);
        return new SubmissionKey(key, ByteBuffer.wrap(hash));
    }

    static boolean isOwnExport(String system) {
        return system.equals(Identifiers.OWN_SYSTEM);
    }
}
