package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

    private ApiUnderTest api = new ApiUnderTest();
    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        api.close();
    }

    private void half(int announced, int sent) throws IOException {
        half("/v1/customers", "Authorization: Bearer " + ApiUnderTest.KEY + "\r\n", announced, sent);
    }

    private void half(String path, String headers, int announced, int sent) throws IOException {
        var socket = new Socket("127.0.0.1", api.uri(path).getPort());
        open.add(socket);
        String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + announced + "\r\n\r\n";
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
            half(ShortBodies.LONGEST, 10);
        }
        aGoodOneIsTaken();
    }

    @Test
    void what_is_held_of_callers_nobody_knows_is_bounded_and_beyond_it_others_are_told_to_come_back() throws Exception {
        api.close();
        // Of the memory for bodies half as much beside it is for short ones: four of them here.
        api = new ApiUnderTest(ApiUnderTest.withBodyMemory(8 * ShortBodies.LONGEST));
        for (int i = 0; i < 4; i++) {
            half("/v1/customers", "", ShortBodies.LONGEST, ShortBodies.LONGEST - 1);
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(api.post("/v1/customers", GOOD).statusCode()).isEqualTo(503));
        HttpResponse<String> busy = api.post("/v1/customers", GOOD);
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValue("Retry-After")).contains("1");
        assertThat(busy.body()).contains("\"BUSY\"");
        assertThat(api.batch("/v1/events", GOOD + " ".repeat(2 * ShortBodies.LONGEST))
                        .statusCode())
                .as("what is long and known has a place of its own")
                .isEqualTo(200);

        open.get(0).close();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(api.post("/v1/customers", GOOD).statusCode()).isEqualTo(202));
        for (int i = 1; i < 4; i++) {
            open.get(i).close();
        }
        for (int i = 0; i < 200; i++) {
            assertThat(api.post("/v1/customers", GOOD.replace("e1", "e" + i) + " ".repeat(ShortBodies.LONGEST - 200))
                            .statusCode())
                    .as("each gives back what it took")
                    .isEqualTo(202);
        }
    }

    @Test
    void what_is_announced_and_not_sent_takes_nothing() throws IOException {
        api.close();
        api = new ApiUnderTest(ApiUnderTest.withBodyMemory(8 * ShortBodies.LONGEST));
        for (int i = 0; i < 100; i++) {
            half("/v1/customers", "", ShortBodies.LONGEST, 0);
        }
        aGoodOneIsTaken();
    }

    @Test
    void nor_do_long_ones_that_stop_halfway() throws IOException {
        for (int i = 0; i < MANY; i++) {
            half(900_000, 2 * ShortBodies.LONGEST);
        }
        // Some are told to come back meanwhile; a short one needs no place among them.
        aGoodOneIsTaken();
    }
}
