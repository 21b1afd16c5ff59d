package fr.sas.hub.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirRequest;
import fr.sas.hub.slot.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What bodies may cost, in memory and in time. */
class PushedBodiesTest {

    private static final DataSize MOST = DataSize.ofKilobytes(256);

    private static PushedBodies uploads(Duration within) {
        Duration atOnce = Duration.ZERO;
        return new PushedBodies(
                new PushSettings(MOST, MOST, within, 10, 4, atOnce, Duration.ofDays(1), Duration.ofDays(1)));
    }

    private static FhirRequest request(byte[] body, Map<String, String> headers) {
        Caller caller = new Caller("test", Role.VENDOR, new Source("push-a"), false, null);
        return new FhirRequest("POST", List.of(), null, headers, new ByteArrayInputStream(body), caller, "http://hub");
    }

    private static FhirRequest plain(int length) {
        return request(new byte[length], Map.of());
    }

    private static byte[] zipped(int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(new byte[length]);
        }
        return out.toByteArray();
    }

    private static int refusal(PushedBodies uploads, FhirRequest request) {
        int[] status = {0};
        assertThatThrownBy(() -> uploads.read(request, MOST))
                .isInstanceOfSatisfying(FhirRefusal.class, refusal -> status[0] = refusal.status());
        return status[0];
    }

    @Test
    void bodies_share_the_memory_and_give_it_back() throws IOException {
        PushedBodies uploads = uploads(Duration.ofMinutes(1));

        try (PushedBodies.Body large = uploads.read(plain(200_000), MOST)) {
            assertThat(large.take()).hasSize(200_000);
            assertThat(refusal(uploads, plain(1))).isEqualTo(429);
        }

        for (int time = 0; time < 3; time++) {
            assertThat(refusal(uploads, plain(300_000))).isEqualTo(413);
        }
        try (PushedBodies.Body another = uploads.read(plain(262_144), MOST)) {
            assertThat(another.take()).hasSize(262_144);
        }
    }

    @Test
    void what_counts_is_what_comes_out_of_the_zip() throws IOException {
        PushedBodies uploads = uploads(Duration.ofMinutes(1));
        Map<String, String> gzip = Map.of("content-encoding", "gzip");

        assertThat(refusal(uploads, request(zipped(10_000_000), gzip))).isEqualTo(413);
        byte[] good = zipped(1_000);
        assertThat(refusal(uploads, request(Arrays.copyOf(good, good.length / 2), gzip)))
                .isEqualTo(400);
        try (PushedBodies.Body body = uploads.read(request(good, gzip), MOST)) {
            assertThat(body.take()).hasSize(1_000);
        }
    }

    @Test
    void a_body_that_does_not_end_in_time_is_refused() throws IOException {
        assertThat(refusal(uploads(Duration.ofNanos(1)), plain(10))).isEqualTo(408);
    }
}
