package fr.sas.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Parts that were compressed one by one are joined to one file. */
class PartBytesTest {

    @Test
    void the_sum_of_joined_texts_is_that_of_the_whole() {
        Random random = new Random(4);
        for (int round = 0; round < 50; round++) {
            JoinedCrc joined = new JoinedCrc();
            CRC32 whole = new CRC32();
            for (int i = 0; i < 20; i++) {
                byte[] text = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(100_000)];
                random.nextBytes(text);
                CRC32 own = new CRC32();
                own.update(text);
                whole.update(text);
                joined.add((int) own.getValue(), text.length);
            }
            assertThat(joined.value()).isEqualTo((int) whole.getValue());
        }
    }

    @Test
    void a_part_is_read_as_it_was_written() {
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            lines.add(("{\"ligne\":\"n° " + i + "\"}").getBytes(StandardCharsets.UTF_8));
        }
        PartBytes part = PartBytes.of(lines);

        assertThat(new String(part.inflated(), StandardCharsets.UTF_8).lines().toList())
                .hasSize(part.lines())
                .endsWith("{\"ligne\":\"n° 999\"}");
        assertThat(part.deflated()).hasSizeLessThan(part.plain() / 3);
    }
}
