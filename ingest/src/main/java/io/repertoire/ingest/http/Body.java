package io.repertoire.ingest.http;

/** What came of reading a request's body. */
sealed interface Body {

    /** The bytes; close it as soon as they are no longer needed, since all bodies together have a limit. */
    final class Bytes implements Body, AutoCloseable {
        private final byte[] bytes;
        private final int length;
        private final Runnable release;

        Bytes(byte[] bytes, int length, Runnable release) {
            this.bytes = bytes;
            this.length = length;
            this.release = release;
        }

        /** Not a copy, and maybe longer than the body. */
        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        @Override
        public void close() {
            release.run();
        }
    }

    /** Not read. */
    record Refused(Problem problem) implements Body {}
}
