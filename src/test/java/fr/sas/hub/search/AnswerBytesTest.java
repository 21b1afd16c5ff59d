package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class AnswerBytesTest {

    private static final DeflatedRuns NOTHING_READY = new DeflatedRuns(DataSize.ofBytes(0));

    @Property(tries = 200)
    void a_gzipped_answer_unzips_to_the_plain_one(@ForAll List<String> pieces) throws IOException {
        PlainAnswer plain = new PlainAnswer(new byte[4]);
        GzipAnswer gzipped = new GzipAnswer(new byte[16], new byte[4], NOTHING_READY);
        for (int i = 0; i < pieces.size(); i++) {
            byte[] bytes = pieces.get(i).getBytes(StandardCharsets.UTF_8);
            for (AnswerBytes answer : List.<AnswerBytes>of(plain, gzipped)) {
                if (i % 3 == 0) {
                    answer.put(bytes);
                } else {
                    answer.put(new CompressedPiece(bytes));
                }
            }
        }

        assertThat(unzipped(gzipped)).isEqualTo(java.util.Arrays.copyOf(plain.array(), plain.length()));
    }

    @Test
    void a_run_longer_than_a_stored_block_is_kept_whole() throws IOException {
        byte[] large = "0123456789abcdef".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        GzipAnswer answer = new GzipAnswer(new byte[16], new byte[4], NOTHING_READY);
        answer.put(large);
        answer.put(new CompressedPiece(large));

        byte[] twice = new byte[large.length * 2];
        System.arraycopy(large, 0, twice, 0, large.length);
        System.arraycopy(large, 0, twice, large.length, large.length);
        assertThat(unzipped(answer)).isEqualTo(twice);
    }

    @Property(tries = 500)
    void the_sum_of_two_parts_is_that_of_all_their_bytes(@ForAll byte[] first, @ForAll byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        assertThat(Crc.join(sum(first), sum(second), Crc.shift(second.length))).isEqualTo(sum(both));
    }

    private static int sum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static byte[] unzipped(GzipAnswer answer) throws IOException {
        answer.end();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.array(), 0, answer.length()))) {
            in.transferTo(out);
        }
        return out.toByteArray();
    }
}
