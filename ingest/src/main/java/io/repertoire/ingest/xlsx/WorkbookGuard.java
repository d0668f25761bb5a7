package io.repertoire.ingest.xlsx;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads every part of a workbook that the library will read, once, and keeps nothing: what it finds harmless cannot fill the memory
 * later. The sizes in the archive's directory are not believed.
 */
final class WorkbookGuard {

    private final WorkbookLimits limits;
    private final XMLInputFactory xml = XMLInputFactory.newDefaultFactory();

    WorkbookGuard(WorkbookLimits limits) {
        this.limits = limits;
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        xml.setProperty(XMLInputFactory.IS_COALESCING, false);
    }

    /** Null if it may be read. */
    @Nullable
    WorkbookRefusal check(Path file) {
        try (var zip = new ZipFile(file.toFile())) {
            if (zip.size() > limits.parts()) {
                return WorkbookRefusal.tooLarge();
            }
            boolean workbook = false;
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName().toLowerCase(Locale.ROOT);
                workbook |= name.endsWith("workbook.xml");
                if (name.endsWith(".xml") || name.endsWith(".rels")) {
                    WorkbookRefusal refusal = check(zip, entry, name);
                    if (refusal != null) {
                        return refusal;
                    }
                }
            }
            return workbook ? null : WorkbookRefusal.broken();
        } catch (IOException | IllegalArgumentException e) {
            return WorkbookRefusal.broken();
        }
    }

    private @Nullable WorkbookRefusal check(ZipFile zip, ZipEntry entry, String name) throws IOException {
        long most = name.endsWith("sharedstrings.xml") ? limits.sharedBytes() : limits.partBytes();
        try (InputStream in = zip.getInputStream(entry)) {
            var counted = new Counted(in, entry.getCompressedSize(), most);
            try {
                return look(xml.createXMLStreamReader(counted));
            } catch (XMLStreamException | RuntimeException e) {
                return counted.refusal == null ? WorkbookRefusal.broken() : counted.refusal;
            }
        } catch (TooMuch e) {
            return e.refusal;
        }
    }

    private @Nullable WorkbookRefusal look(XMLStreamReader reader) throws XMLStreamException {
        int text = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
                    return WorkbookRefusal.doctype();
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    text = 0;
                    if (!isInBounds(reader)) {
                        return WorkbookRefusal.tooLarge();
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    text += reader.getTextLength();
                    if (text > limits.cellChars()) {
                        return WorkbookRefusal.tooLarge();
                    }
                }
                default -> {}
            }
        }
        return null;
    }

    /** A cell or row far outside the sheet would have all that lies before it made up. */
    private static boolean isInBounds(XMLStreamReader reader) {
        String element = reader.getLocalName();
        if (element.equals("c")) {
            String address = reader.getAttributeValue(null, "r");
            return address == null || column(address) <= WorkbookLimits.MOST_COLUMNS;
        }
        if (element.equals("row")) {
            String number = reader.getAttributeValue(null, "r");
            return number == null
                    || (number.length() <= 7
                            && Integer.parseInt(number) >= 1
                            && Integer.parseInt(number) <= WorkbookLimits.MOST_ROWS);
        }
        return true;
    }

    private static int column(String address) {
        int column = 0;
        for (int i = 0; i < address.length() && address.charAt(i) > '9'; i++) {
            if (i > 2 || address.charAt(i) < 'A' || address.charAt(i) > 'Z') {
                return Integer.MAX_VALUE;
            }
            column = column * 26 + address.charAt(i) - 'A' + 1;
        }
        return column;
    }

    private static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient WorkbookRefusal refusal;

        TooMuch(WorkbookRefusal refusal) {
            super(refusal.code());
            this.refusal = refusal;
        }
    }

    /** Stops when more has come out than may. */
    private final class Counted extends FilterInputStream {
        private final long packed;
        private final long most;
        private long bytes;
        private @Nullable WorkbookRefusal refusal;

        Counted(InputStream in, long packed, long most) {
            super(in);
            this.packed = Math.max(1, packed);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            count(Math.max(0, n));
            return n;
        }

        private void count(int n) throws TooMuch {
            bytes += n;
            if (bytes > limits.ratioFrom() && bytes / packed > limits.ratio()) {
                refusal = WorkbookRefusal.bomb();
                throw new TooMuch(refusal);
            }
            if (bytes > most) {
                refusal = WorkbookRefusal.tooLarge();
                throw new TooMuch(refusal);
            }
        }
    }
}
