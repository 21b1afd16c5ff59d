package fr.sas.hub.line;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.Node;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** To a vendor, three nodes are one hub: they keep one rate, rest together, and try it one at a time (decision 0079). */
@HubTest
class LinesOnThreeNodesTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Answer SERVER_ERROR =
            new Answer.Failed(new Answer.Trouble(Answer.Kind.VENDOR_ERROR, "HTTP 500"));
    private static final Answer UNREACHABLE =
            new Answer.Failed(new Answer.Trouble(Answer.Kind.UNREACHABLE, "ConnectException"));

    private static final List<Node> OTHERS = new ArrayList<>();

    @Value("${spring.datasource.url}")
    String database;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    ConfigurableApplicationContext first;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Clock clock;

    private final Source vendor = new Source("three-nodes-" + NUMBER.incrementAndGet());
    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @BeforeEach
    void three_nodes_on_one_database() {
        while (OTHERS.size() < 2) {
            OTHERS.add(Node.on(database, connectors).start());
        }
        server.start();
        server.stubFor(get(anyUrl()).willReturn(okJson(aBundle().toJson())));
    }

    @AfterEach
    void the_vendor_leaves() {
        Descriptor.of(vendor.name()).removeFrom(connectors);
        await().until(() -> nodes().allMatch(node -> lines(node).find(vendor).isEmpty()));
        server.stop();
    }

    @AfterAll
    static void the_nodes_leave() {
        OTHERS.forEach(Node::close);
        OTHERS.clear();
    }

    @Test
    void the_rate_that_the_vendor_allows_holds_over_all_nodes_together_and_each_asks_a_part() {
        descriptor()
                .roster(many(120))
                .poll("practitionersPerCall: 1")
                .poll("maxRequestsPerSecond: 8")
                .dropInto(connectors);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> requests().size() >= 64 && nodes().allMatch(node -> asked(node) > 0));

        List<Instant> sent = requests();
        double seconds = Duration.between(sent.getFirst(), sent.getLast()).toMillis() / 1000.0;
        assertThat((sent.size() - 1) / seconds).as("requests a second").isLessThan(8 * 1.15);
    }

    @Test
    void the_breaker_that_opens_on_one_node_stops_all_and_only_one_of_them_tries_again() {
        descriptor().dropInto(connectors);
        VendorLine one = line(first);

        for (int i = 0; i < 5; i++) {
            fail(one, SERVER_ERROR);
        }
        assertThat(one.isBreakerOpen()).isTrue();
        allLines().forEach(line -> await().until(line::isBreakerOpen));
        assertThat(allLines().filter(VendorLine::acquire)).isEmpty();

        theRestIsOver();
        allLines().skip(1).forEach(line -> await().until(() -> line.breakerState() == 2));
        List<VendorLine> trying = allLines().skip(1).filter(VendorLine::acquire).toList();
        assertThat(trying).hasSize(1);

        trying.getFirst().complete(Answer.COMPLETE, null, Duration.ZERO, null);
        allLines().skip(1).forEach(line -> await().until(() -> line.breakerState() == 0));
        assertThat(allLines().skip(1).filter(VendorLine::acquire)).hasSize(2);
    }

    @Test
    void a_node_that_is_killed_while_it_tries_leaves_the_trial_to_another_in_time() {
        descriptor().dropInto(connectors);
        for (int i = 0; i < 5; i++) {
            fail(line(first), SERVER_ERROR);
        }
        theRestIsOver();
        jdbc.update(
                "UPDATE line_vendor SET trial_until = ? WHERE source = ?",
                Timestamp.from(clock.instant().plusSeconds(1)),
                vendor.name());
        VendorLine another = line(OTHERS.getFirst().context());

        await().until(() -> another.breakerState() == 2);
        await().until(another::acquire);
    }

    @Test
    void turns_that_a_killed_node_had_leased_pass_by_themselves() {
        descriptor().poll("maxRequestsPerSecond: 20").dropInto(connectors);
        VendorLine killed = line(first);
        for (int i = 0; i < 10; i++) {
            killed.waitForTurn();
        }

        assertThat(jdbc.queryForObject(
                        "SELECT next_turn_at - clock_timestamp() <= interval '300 milliseconds' FROM line_vendor WHERE source = ?",
                        Boolean.class,
                        vendor.name()))
                .isTrue();
        assertThat(line(OTHERS.getFirst().context()).takeTurn()).isTrue();
    }

    @Test
    void when_a_vendor_says_to_come_back_later_every_node_does() {
        descriptor().dropInto(connectors);

        line(first).acquire();
        line(first)
                .complete(
                        new Answer.Failed(new Answer.Trouble(Answer.Kind.THROTTLED, "HTTP 429")),
                        "600",
                        Duration.ZERO,
                        null);

        allLines()
                .forEach(line -> await().until(
                                () -> line.quietUntil().isAfter(clock.instant().plusSeconds(500))));
    }

    @Test
    void a_node_that_does_not_reach_a_vendor_which_answers_another_rests_alone() {
        descriptor().dropInto(connectors);
        VendorLine cutOff = line(first);
        VendorLine answered = line(OTHERS.getFirst().context());
        answered.complete(Answer.COMPLETE, null, Duration.ZERO, null);
        answered.waitForTurn();

        for (int i = 0; i < 6; i++) {
            fail(cutOff, UNREACHABLE);
        }

        assertThat(cutOff.isBreakerOpen()).isTrue();
        assertThat(trouble()).isEqualTo(0);
        assertThat(answered.acquire()).isTrue();
    }

    @Test
    void an_operator_who_says_that_the_vendor_has_recovered_says_it_to_all() {
        descriptor().dropInto(connectors);
        for (int i = 0; i < 5; i++) {
            fail(line(first), SERVER_ERROR);
        }
        allLines().forEach(line -> await().until(line::isBreakerOpen));

        lines(OTHERS.getFirst().context()).forgetFailures(vendor);

        allLines().skip(1).forEach(line -> await().until(() -> line.acquire()));
    }

    private static void fail(VendorLine line, Answer how) {
        line.acquire();
        line.complete(how, null, Duration.ZERO, null);
    }

    private void theRestIsOver() {
        jdbc.update(
                "UPDATE line_vendor SET quiet_until = ? WHERE source = ?",
                Timestamp.from(clock.instant().minusSeconds(1)),
                vendor.name());
    }

    private int trouble() {
        return Objects.requireNonNull(
                jdbc.queryForObject("SELECT failures FROM line_vendor WHERE source = ?", Integer.class, vendor.name()));
    }

    private Descriptor descriptor() {
        return Descriptor.of(vendor.name())
                .at(server.baseUrl())
                .poll("every: 1s")
                .poll("idleEvery: 1s");
    }

    private static String[] many(int practitioners) {
        return IntStream.range(0, practitioners)
                .mapToObj(i -> Batches.practitioner(75_000 + i).value())
                .toArray(String[]::new);
    }

    private Stream<ConfigurableApplicationContext> nodes() {
        return Stream.concat(Stream.of(first), OTHERS.stream().map(Node::context));
    }

    private static VendorLines lines(ConfigurableApplicationContext node) {
        return node.getBean(VendorLines.class);
    }

    private VendorLine line(ConfigurableApplicationContext node) {
        return await().until(() -> lines(node).find(vendor).orElse(null), Objects::nonNull);
    }

    private Stream<VendorLine> allLines() {
        return nodes().map(this::line);
    }

    private long asked(ConfigurableApplicationContext node) {
        @Nullable
        Timer timer = node.getBean(MeterRegistry.class)
                .find("hub.vendor.requests")
                .tag("vendor", vendor.name())
                .timer();
        return timer == null ? 0 : timer.count();
    }

    /** When each arrived, in order. */
    private List<Instant> requests() {
        return server.getAllServeEvents().stream()
                .map(ServeEvent::getRequest)
                .map(request -> request.getLoggedDate().toInstant())
                .sorted()
                .toList();
    }
}
