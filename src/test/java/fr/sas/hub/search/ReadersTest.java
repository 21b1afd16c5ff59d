package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.ServerWarnings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Readers who take their answers slowly, or not at all, keep nothing from the others. */
@HubTest
@TestPropertySource(
        properties = {
            "hub.search.at-once=2",
            "hub.search.patience=1s",
            "hub.search.sending-at-most=16MB",
            "hub.search.sending-within=8s"
        })
@Isolated("reads the log of the whole process")
class ReadersTest {

    private static final List<PractitionerId> MANY =
            IntStream.range(7500, 7525).mapToObj(Batches::practitioner).toList();

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<Socket> connections = new ArrayList<>();

    @LocalServerPort
    int port;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    AnswersUnderWay underWay;

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void an_answer_of_some_megabytes() {
        index.replace(new ScreenedBatch(
                Batches.batch(Source.AGENDA, now, MANY, now.plus(Duration.ofHours(1)), 200), Map.of()));
    }

    @AfterEach
    void leave() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
        await().until(() -> underWay.weight() == 0);
    }

    @Test
    void those_who_never_read_hold_no_seat() throws IOException {
        for (int i = 0; i < 4; i++) {
            ask();
        }
        await().until(() -> underWay.weight() > 0);

        for (int i = 0; i < 4; i++) {
            assertThat(HubClient.at(port)
                            .get(HubClient.slotsOf(now, MANY.getFirst().value()))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void beyond_the_bound_whoever_took_nothing_lately_is_cut_off_and_the_others_get_theirs() throws IOException {
        double cut = cut("room");
        for (int i = 0; i < 6; i++) {
            ask();
        }
        await().until(() -> underWay.weight() > 8 * 1024 * 1024);
        List<Integer> statuses = new ArrayList<>();
        await().until(() -> {
            HttpResponse<String> answer = HubClient.at(port).get(search());
            statuses.add(answer.statusCode());
            return answer.statusCode() == 200
                    && HubClient.json(answer).path("total").asInt() == 5000;
        });

        assertThat(statuses).containsAnyOf(200).isSubsetOf(200, 429);
        assertThat(underWay.weight()).isLessThanOrEqualTo(16 * 1024 * 1024);
        assertThat(cut("room")).isGreaterThan(cut);
        List<String> ends = new ArrayList<>();
        for (Socket stuck : connections) {
            ends.add(rest(stuck));
        }
        assertThat(ends).contains("cut off");
    }

    @Test
    void whoever_does_not_read_in_time_is_cut_off() throws IOException {
        double cut = cut("time");
        Socket stuck = ask();

        await().until(() -> cut("time") > cut);
        assertThat(rest(stuck)).isEqualTo("cut off");
    }

    @Test
    void whoever_reads_slowly_gets_it_all_and_may_ask_again_on_the_same_connection() throws IOException {
        Socket slow = ask();

        assertThat(rest(slow)).isEqualTo("whole");
        write(slow);
        assertThat(rest(slow)).isEqualTo("whole");
    }

    @Test
    void a_reader_that_left_is_no_error() throws IOException {
        ServerWarnings warnings = new ServerWarnings(Searches.class);
        try (warnings) {
            for (int i = 0; i < 5; i++) {
                Socket leaving = ask();
                await().until(() -> leaving.getInputStream().available() > 0);
                leaving.setSoLinger(true, 0);
                leaving.close();
            }
            await().until(() -> underWay.weight() == 0);
        }

        assertThat(warnings.messages()).isEmpty();
    }

    /** Asks for all, and reads nothing of it. */
    private Socket ask() throws IOException {
        Socket connection = new Socket();
        connections.add(connection);
        connection.setReceiveBufferSize(4096);
        connection.connect(new InetSocketAddress("localhost", port));
        write(connection);
        return connection;
    }

    private void write(Socket connection) throws IOException {
        connection
                .getOutputStream()
                .write(("GET " + search() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer test-search\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private String search() {
        return HubClient.slotsOf(now, MANY.stream().map(PractitionerId::value).toArray(String[]::new));
    }

    private double cut(String why) {
        return meters.counter("hub.fhir.readers.cut", "why", why).count();
    }

    /** Reads one answer to its end. */
    private static String rest(Socket connection) throws IOException {
        connection.setSoTimeout(20_000);
        InputStream in = connection.getInputStream();
        try {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return "cut off";
                }
                head.append((char) next);
            }
            int length = Integer.parseInt(head.toString().replaceFirst("(?s).*Content-Length: (\\d+).*", "$1"));
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                return "cut off";
            }
            JsonNode bundle = new ObjectMapper().readTree(body);
            return bundle.path("total").asInt() == 5000 ? "whole" : "refused";
        } catch (InterruptedIOException stuck) {
            return "stuck";
        } catch (SocketException reset) {
            return "cut off";
        }
    }
}
