package io.repertoire.customers.contact;

import io.repertoire.schemas.PhoneKind;
import org.jspecify.annotations.Nullable;

/**
 * A number that exists.
 *
 * @param national its national significant number
 */
record ParsedPhone(
        String e164, @Nullable String ext, @Nullable String region, PhoneKind kind, String national) {}
