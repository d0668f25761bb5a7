package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Utf8Test {

    private static int fault(String hex) {
        byte[] bytes = HexFormat.of().parseHex("2020" + hex + "20");
        return Utf8.firstFault(bytes, 2, bytes.length - 3);
    }

    @Test
    void what_has_another_spelling_or_none_is_a_fault_and_its_place_is_told() {
        assertThat(fault("616263c3a9e282acf09f9880")).isEqualTo(-1);
        assertThat(fault("61c0af")).as("overlong").isOne();
        assertThat(fault("e0809f")).as("overlong").isZero();
        assertThat(fault("eda080")).as("half of a pair").isZero();
        assertThat(fault("f4908080")).as("beyond the last character").isZero();
        assertThat(fault("6161616161616161c3")).as("cut off").isEqualTo(8);
        assertThat(fault("7b00220061")).as("UTF-16").isOne();
        assertThat(fault("")).isEqualTo(-1);
    }

    @Property(tries = 2_000)
    void it_says_what_a_strict_decoder_says(@ForAll byte[] noise, @ForAll String text) {
        byte[] good = text.getBytes(StandardCharsets.UTF_8);
        for (byte[] bytes : new byte[][] {noise, good}) {
            byte[] padded = new byte[bytes.length + 4];
            java.util.Arrays.fill(padded, (byte) ' ');
            System.arraycopy(bytes, 0, padded, 4, bytes.length);
            assertThat(Utf8.firstFault(padded, 0, padded.length) < 0).isEqualTo(isUtf8(padded));
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
