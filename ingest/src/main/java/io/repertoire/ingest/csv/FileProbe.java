package io.repertoire.ingest.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One pass over all bytes of a file: what it is. The whole file is looked at, for a file may be plain ASCII for a megabyte and
 * hold its first accent after it.
 *
 * @param sha256 of the content, lower-case hex
 * @param size in bytes
 * @param encoding how to read it
 * @param garbled some of it may be UTF-8 that was taken for Windows-1252; cells are looked at one by one
 * @param note what a person should know about the encoding; null if nothing
 * @param refusal why it is no text at all; null if it is
 */
public record FileProbe(
        String sha256,
        long size,
        TextEncoding encoding,
        boolean garbled,
        @Nullable String note,
        @Nullable CsvRefusal refusal) {

    private static final int SAMPLE = 1 << 16;

    public static FileProbe of(Path file) throws IOException {
        var digest = newDigest();
        var utf8 = new Utf8Check();
        byte[] buffer = new byte[1 << 16];
        byte[] head = new byte[SAMPLE];
        int headLength = 0;
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            int n;
            while ((n = in.read(buffer)) > 0) {
                digest.update(buffer, 0, n);
                utf8.update(buffer, n);
                int kept = Math.min(n, SAMPLE - headLength);
                System.arraycopy(buffer, 0, head, headLength, kept);
                headLength += kept;
                size += n;
            }
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        byte[] sample = Arrays.copyOf(head, headLength);
        CsvRefusal refusal = size == 0 ? CsvRefusal.emptyFile() : knownFormat(sample);
        TextEncoding marked = marked(sample);
        if (refusal == null && marked == null) {
            return unmarked(file, sha256, size, sample, utf8);
        }
        boolean garbled = marked != null && marked.name().equals("UTF-8") && utf8.maybeGarbled();
        TextEncoding encoding = marked == null ? TextEncoding.utf8(false) : marked;
        return new FileProbe(sha256, size, encoding, garbled, note(marked, utf8), refusal);
    }

    /** A file that does not say how it is to be read. */
    private static FileProbe unmarked(Path file, String sha256, long size, byte[] sample, Utf8Check utf8)
            throws IOException {
        TextEncoding wide = wideWithoutMark(sample);
        if (wide != null) {
            return new FileProbe(
                    sha256,
                    size,
                    wide,
                    false,
                    "No byte order mark; it looks like " + wide.name() + " and is read so.",
                    null);
        }
        CsvRefusal refusal = mostlyNul(sample) || manyControls(sample)
                ? new CsvRefusal(
                        CsvRefusal.BINARY, "This is not a text file. Save the customers as CSV and send that file.")
                : null;
        if (utf8.valid()) {
            return new FileProbe(sha256, size, TextEncoding.utf8(false), utf8.maybeGarbled(), null, refusal);
        }
        TextEncoding codePage = CodePageGuess.of(file);
        return new FileProbe(
                sha256,
                size,
                codePage,
                codePage.name().equals(TextEncoding.WINDOWS_1252),
                "Not UTF-8 (first seen on line " + utf8.badLine() + "), read as " + codePage.shownName() + ".",
                refusal);
    }

    private static @Nullable String note(@Nullable TextEncoding marked, Utf8Check utf8) {
        return marked != null && marked.name().equals("UTF-8") && !utf8.valid()
                ? "Marked as UTF-8, but line " + utf8.badLine()
                        + " is not; the characters that cannot be read are shown as \ufffd."
                : null;
    }

    private static @Nullable TextEncoding marked(byte[] b) {
        if (startsWith(b, 0xef, 0xbb, 0xbf)) {
            return TextEncoding.utf8(true);
        }
        if (startsWith(b, 0xff, 0xfe, 0, 0)) {
            return new TextEncoding("UTF-32LE", true);
        }
        if (startsWith(b, 0, 0, 0xfe, 0xff)) {
            return new TextEncoding("UTF-32BE", true);
        }
        if (startsWith(b, 0xff, 0xfe)) {
            return new TextEncoding("UTF-16LE", true);
        }
        return startsWith(b, 0xfe, 0xff) ? new TextEncoding("UTF-16BE", true) : null;
    }

    private static @Nullable CsvRefusal knownFormat(byte[] b) {
        if (startsWith(b, 'P', 'K', 3, 4) || startsWith(b, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) {
            return new CsvRefusal(
                    CsvRefusal.NOT_CSV_XLSX,
                    "This is an Excel workbook, not a CSV file. Open it in Excel, choose \"Save as\" and save as CSV,"
                            + " then send that file.");
        }
        if (startsWith(b, '%', 'P', 'D', 'F') || startsWith(b, 0x1f, 0x8b) || startsWith(b, 0x89, 'P', 'N', 'G')) {
            return new CsvRefusal(
                    CsvRefusal.BINARY,
                    "This is a PDF, an archive or an image, not a CSV file. Save the customers as CSV and send that"
                            + " file.");
        }
        return null;
    }

    /** Western text in UTF-16 has a zero in almost every second byte and almost none in the others. */
    private static @Nullable TextEncoding wideWithoutMark(byte[] b) {
        int pairs = b.length / 2;
        if (pairs < 2) {
            return null;
        }
        int zeroFirst = 0;
        int zeroSecond = 0;
        for (int i = 0; i + 1 < b.length; i += 2) {
            zeroFirst += b[i] == 0 ? 1 : 0;
            zeroSecond += b[i + 1] == 0 ? 1 : 0;
        }
        if (zeroSecond > pairs * 0.6 && zeroFirst < pairs * 0.05) {
            return new TextEncoding("UTF-16LE", false);
        }
        return zeroFirst > pairs * 0.6 && zeroSecond < pairs * 0.05 ? new TextEncoding("UTF-16BE", false) : null;
    }

    private static boolean mostlyNul(byte[] b) {
        int nul = 0;
        for (byte x : b) {
            nul += x == 0 ? 1 : 0;
        }
        return nul > 16 && nul > b.length / 20;
    }

    /** No text has one byte in fifty that is neither printable nor white space; random bytes have five. */
    private static boolean manyControls(byte[] b) {
        int controls = 0;
        for (byte x : b) {
            boolean whiteSpace = x >= '\t' && x <= '\r';
            controls += x == 0x7f || (x > 0 && x < 0x20 && !whiteSpace) ? 1 : 0;
        }
        return controls > 16 && controls > b.length / 50;
    }

    private static boolean startsWith(byte[] b, int... prefix) {
        if (b.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((b[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
