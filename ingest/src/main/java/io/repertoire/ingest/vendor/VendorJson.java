package io.repertoire.ingest.vendor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what a vendor sent. Ids of 18 digits and amounts pass through no double, and nothing is nested or long without bound. */
public final class VendorJson {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxNumberLength(100)
                            .maxNameLength(2_000)
                            .maxStringLength(1 << 20)
                            .build())
                    // Names are the sender's to choose: they must not fill the virtual machine's table of strings.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private VendorJson() {}

    /** {@code null} unless it is one JSON object. */
    public static @Nullable JsonNode object(byte[] bytes, int length) {
        try {
            JsonNode read = JSON.readTree(bytes, 0, length);
            return read != null && read.isObject() ? read : null;
        } catch (IOException | NumberFormatException e) {
            // Only memory is read here; what is wrong with the text is not told, since it would quote it. Where an
            // exponent
            // is too large for a decimal, Jackson lets the JDK's own exception through.
            return null;
        }
    }
}
