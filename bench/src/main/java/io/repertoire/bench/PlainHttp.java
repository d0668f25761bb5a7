package io.repertoire.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that posts and reads the answer, and no more HTTP than that: the load must not take the processors from what is
 * measured, and the JDK's own client takes about as much for an event as the server.
 */
final class PlainHttp implements Closeable {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String head;

    /** @param contentType of every body */
    PlainHttp(URI url, String path, String key, String contentType) throws IOException {
        int port = url.getPort() < 0 ? 80 : url.getPort();
        this.socket = new Socket(url.getHost(), port);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = socket.getOutputStream();
        this.head = "POST " + path + " HTTP/1.1\r\nHost: " + url.getHost() + ':' + port + "\r\nAuthorization: Bearer "
                + key + "\r\nContent-Type: " + contentType + "\r\nContent-Length: ";
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     */
    record Answer(int status, String body) {}

    Answer post(String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] start = (head + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[start.length + bytes.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(bytes, 0, whole, start.length, bytes.length);
        out.write(whole);
        out.flush();
        int status = Integer.parseInt(line().substring(9, 12));
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).trim());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        byte[] answer = chunked ? chunks() : in.readNBytes(length);
        return new Answer(status, new String(answer, StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        var whole = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            whole.write(in.readNBytes(size));
            line();
        }
        line();
        return whole.toByteArray();
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
