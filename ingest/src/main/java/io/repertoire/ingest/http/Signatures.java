package io.repertoire.ingest.http;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Each vendor's way to show that a message is its own. Comparing takes the same time whatever was given, and all secrets are tried
 * whichever fits.
 */
final class Signatures {

    /** How far the clock of a sender of ours may be off, and for how long one of its messages can be played back. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int LONGEST = 1_000;

    private Signatures() {}

    /** What became of the check. */
    enum Verdict {
        RIGHT,
        WRONG,
        EXPIRED
    }

    /** Base64 of HMAC-SHA256 over the notification URL and the body. */
    static boolean square(List<String> keys, List<String> urls, Body.Bytes body, String given) {
        byte[] signature = base64(given);
        boolean right = false;
        for (String key : keys) {
            for (String url : urls) {
                right |= MessageDigest.isEqual(hmac(key, url, body), signature);
            }
        }
        return right;
    }

    /** Base64 of HMAC-SHA256 over the body. */
    static boolean shopify(List<String> secrets, Body.Bytes body, String given) {
        byte[] signature = base64(given);
        boolean right = false;
        for (String secret : secrets) {
            right |= MessageDigest.isEqual(hmac(secret, "", body), signature);
        }
        return right;
    }

    /** A word that is the same in every message. */
    static boolean shared(List<String> codes, String given) {
        boolean right = false;
        for (String code : codes) {
            right |= MessageDigest.isEqual(digest(code), digest(given.trim()));
        }
        return right;
    }

    /** Ours, for senders without a scheme of their own: {@code t=SECONDS,v1=HEX}, HMAC-SHA256 over {@code SECONDS.BODY}. */
    static Verdict own(List<String> secrets, Body.Bytes body, String given, Instant now) {
        String time = part(given, "t=");
        byte[] signature = hex(part(given, "v1="));
        boolean right = false;
        for (String secret : secrets) {
            right |= MessageDigest.isEqual(hmac(secret, time + '.', body), signature);
        }
        if (!right) {
            return Verdict.WRONG;
        }
        try {
            Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now)
                    .abs();
            return off.compareTo(TOLERANCE) > 0 ? Verdict.EXPIRED : Verdict.RIGHT;
        } catch (NumberFormatException | java.time.DateTimeException | ArithmeticException e) {
            return Verdict.EXPIRED;
        }
    }

    private static String part(String given, String name) {
        for (String part : given.length() > LONGEST ? new String[0] : given.split(",", 10)) {
            if (part.trim().startsWith(name)) {
                return part.trim().substring(name.length());
            }
        }
        return "";
    }

    private static byte[] base64(String given) {
        try {
            return given.length() > LONGEST ? new byte[0] : Base64.getDecoder().decode(given.trim());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] hex(String given) {
        try {
            return HexFormat.of().parseHex(given);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] hmac(String secret, String before, Body.Bytes body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            mac.update(body.bytes(), 0, body.length());
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
