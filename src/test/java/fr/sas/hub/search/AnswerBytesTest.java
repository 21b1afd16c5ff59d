package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AnswerBytesTest {

    @Property(tries = 200)
    void a_gzipped_answer_unzips_to_the_plain_one(@ForAll List<String> pieces) throws IOException {
        PlainAnswer plain = new PlainAnswer(new byte[4]);
        GzipAnswer gzipped = new GzipAnswer(new byte[16], new byte[4]);
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
        GzipAnswer answer = new GzipAnswer(new byte[16], new byte[4]);
        answer.put(large);
        answer.put(new CompressedPiece(large));

        byte[] twice = new byte[large.length * 2];
        System.arraycopy(large, 0, twice, 0, large.length);
        System.arraycopy(large, 0, twice, large.length, large.length);
        assertThat(unzipped(answer)).isEqualTo(twice);
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
