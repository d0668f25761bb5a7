package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers who send half of what they announced. */
class SlowCallersTest {

    private static final String GOOD =
            "{\"event_id\": \"e1\", \"source_system\": \"till\", \"customer\": {\"email\": \"zoe@laval.example\"}}";

    /** More than the server has threads. */
    private static final int MANY = 300;

    private final ApiUnderTest api = new ApiUnderTest();
    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        api.close();
    }

    private void half(String path, String headers, int sent) throws IOException {
        var socket = new Socket("127.0.0.1", api.uri(path).getPort());
        open.add(socket);
        String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: 900000\r\n\r\n{\"event_id\": \"";
        socket.getOutputStream().write((head + "x".repeat(sent)).getBytes(StandardCharsets.US_ASCII));
    }

    private void aGoodOneIsTaken() {
        long before = System.nanoTime();
        HttpResponse<String> answer = api.post("/v1/customers", GOOD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void hundreds_who_never_finish_a_body_keep_nobody_waiting() throws IOException {
        for (int i = 0; i < MANY; i++) {
            half("/v1/customers", "Authorization: Bearer " + ApiUnderTest.KEY + "\r\n", 10);
        }
        aGoodOneIsTaken();
    }

    @Test
    void nor_do_long_ones_that_stop_halfway() throws IOException {
        for (int i = 0; i < MANY; i++) {
            half("/v1/customers", "Authorization: Bearer " + ApiUnderTest.KEY + "\r\n", 2 * BodyReader.WITHOUT_THREAD);
        }
        // Some are told to come back meanwhile; a short one needs no place among them.
        aGoodOneIsTaken();
    }
}
