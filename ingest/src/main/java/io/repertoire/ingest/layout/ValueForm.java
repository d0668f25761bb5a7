package io.repertoire.ingest.layout;

import io.repertoire.customers.contact.Emails;
import java.util.regex.Pattern;

/** How a system's page says that a value is to be written. */
enum ValueForm {
    ANY {
        @Override
        boolean fits(String value) {
            return true;
        }
    },
    /** {@code name@domain.extension}. */
    EMAIL {
        @Override
        boolean fits(String value) {
            return Emails.key(value) != null
                    || ADDRESSES.splitAsStream(value).anyMatch(part -> Emails.key(part) != null);
        }
    },
    TEN_DIGITS {
        @Override
        boolean fits(String value) {
            int digits = 0;
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c >= '0' && c <= '9') {
                    digits++;
                } else if (" -.()\u00a0\u202f".indexOf(c) < 0) {
                    return false;
                }
            }
            return digits == 10;
        }
    },
    /** A country by three capital letters. */
    ALPHA3 {
        @Override
        boolean fits(String value) {
            return ALPHA_3.matcher(value).matches();
        }
    },
    Y_OR_N {
        @Override
        boolean fits(String value) {
            return value.equals("Y") || value.equals("N");
        }
    },
    /** {@code nnnnnnnnn.nn}. */
    DECIMAL_9_2 {
        @Override
        boolean fits(String value) {
            return DECIMAL_9.matcher(value).matches();
        }
    },
    /** {@code nnn.nn}. */
    DECIMAL_3_2 {
        @Override
        boolean fits(String value) {
            return DECIMAL_3.matcher(value).matches();
        }
    },
    NUMBER {
        @Override
        boolean fits(String value) {
            return WHOLE.matcher(value).matches();
        }
    },
    UP_TO_999 {
        @Override
        boolean fits(String value) {
            return THREE.matcher(value).matches();
        }
    };

    private static final Pattern ADDRESSES = Pattern.compile("[;,\\s]+");
    private static final Pattern ALPHA_3 = Pattern.compile("[A-Z]{3}");
    private static final Pattern DECIMAL_9 = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,2})?");
    private static final Pattern DECIMAL_3 = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{1,2})?");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,2})?");
    private static final Pattern THREE = Pattern.compile("[0-9]{1,3}");

    /** @param value without the white space around it */
    abstract boolean fits(String value);
}
