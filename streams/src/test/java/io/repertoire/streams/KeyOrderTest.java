package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class KeyOrderTest {

    @Test
    void keys_come_in_the_order_of_what_follows_their_common_part() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var keys = new HashMap<Bytes, Integer>();
        for (int i = 0; i < KeyOrder.MOST; i++) {
            // Distinct within six bytes after the common part; some bytes above 127.
            keys.put(key("main/email/" + Integer.toString(i, 36) + "é".repeat(random.nextInt(3)) + "@example.org"), i);
        }
        assertThat(KeyOrder.sorted(keys)).as("seed %d", seed).containsExactlyElementsOf(new TreeMap<>(keys).entrySet());
    }

    @Test
    void none_is_lost_whatever_they_look_like() {
        var odd = new HashMap<Bytes, Integer>();
        Stream.of("", "a", "aa", "a\0", "a\0\0", "b".repeat(300), "\uFFFF").forEach(text -> odd.put(key(text), 1));
        assertThat(KeyOrder.sorted(odd)).containsExactlyInAnyOrderElementsOf(odd.entrySet());
        assertThat(KeyOrder.sorted(Map.of())).isEmpty();
        var one = Map.of(key("one"), 1);
        assertThat(KeyOrder.sorted(one)).containsExactlyElementsOf(one.entrySet());
        var alike = Map.of(key("main/abcdefghi1"), 1, key("main/abcdefghi0"), 0);
        assertThat(KeyOrder.sorted(alike)).containsExactlyInAnyOrderElementsOf(alike.entrySet());
        var many = new HashMap<Bytes, Integer>();
        for (int i = 0; i <= KeyOrder.MOST; i++) {
            many.put(key("k" + i), i);
        }
        assertThat(KeyOrder.sorted(many)).containsExactlyInAnyOrderElementsOf(many.entrySet());
    }

    private static Bytes key(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
