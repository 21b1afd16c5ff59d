package fr.sas.hub.changes;

import static fr.sas.hub.index.LiveVendors.LUNE;
import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.testing.Node;
import fr.sas.hub.vendor.Vendors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whatever happens, in whatever order, a consumer that began with everything and follows the changes holds what searches
 * answer: two nodes, and whoever writes or follows is killed at any time.
 */
@HubTest
@Import(MovableClock.Wound.class)
class ChangesHistoriesTest {

    private static final int STEPS = 40;
    /** Small enough for several pages, and not too small for everybody whom other tests left in the database. */
    private static final int PAGE = 50;

    private static final Duration WHOLE_READ = Duration.ofMinutes(2);
    /** Of a hundred things that may happen, the first ones take no time and spare whoever writes. */
    private static final int OF_TIME = 66;

    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");
    private static final Source COMETE = new Source("changes-comete");
    /** Declares bookings too. */
    private static final Source BOOKED = new Source("rdv-a");

    private static @Nullable Node secondNode;

    @LocalServerPort
    int port;

    @Value("${spring.datasource.url}")
    String database;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource pool;

    @Autowired
    MovableClock clock;

    @Autowired
    Vendors vendors;

    @Autowired
    ChangesWriter writer;

    private final List<String> history = new ArrayList<>();
    private int startedAgain;
    private int startedOver;
    private final Set<PractitionerId> refusing = new HashSet<>();
    private final List<AnAppointment> booked = new ArrayList<>();

    @BeforeEach
    void two_nodes() {
        LiveVendors.areIn(connectors, vendors);
        if (secondNode == null) {
            secondNode = Node.on(database, connectors)
                    .with(MovableClock.Wound.class)
                    .with("hub.changes.lease=1s", "hub.changes.begins-within=0s")
                    .start();
        }
        Descriptor.of(BOOKED.name()).dropInto(connectors);
        await().until(() -> isKnownToBoth(BOOKED));
        moveTo(EIGHT);
    }

    @AfterEach
    void the_vendor_with_bookings_leaves() {
        Descriptor.of(BOOKED.name()).removeFrom(connectors);
        await().until(() -> vendors.find(BOOKED).isEmpty());
    }

    private boolean isKnownToBoth(Source source) {
        return Stream.of(vendors, Objects.requireNonNull(secondNode).bean(Vendors.class))
                .allMatch(node -> node.find(source).isPresent());
    }

    @AfterAll
    static void one_leaves() {
        if (secondNode != null) {
            secondNode.close();
            secondNode = null;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void whoever_follows_holds_what_searches_answer(int seed) {
        Random dice = new Random(seed);
        List<PractitionerId> people = IntStream.range(0, 3)
                .mapToObj(i -> Batches.practitioner(30_000 + 10 * seed + i))
                .toList();
        say(people, dice);
        FollowingConsumer fromNothing = FollowingConsumer.withNothing(other()).pagesOf(PAGE);
        allHoldWhatSearchesAnswer(people, fromNothing);
        FollowingConsumer whole = FollowingConsumer.fromWhereTheHubSays(HubClient.at(port));
        people.forEach(one -> whole.read(search(HubClient.at(port), one)));
        FollowingConsumer[] consumers = {whole, fromNothing};

        for (int step = 0; step < STEPS; step++) {
            history.add(step(people, dice));
            int one = dice.nextInt(2);
            step(consumers, one);
            if (dice.nextInt(6) == 0) {
                consumers[one] = consumers[one].restarted(dice.nextBoolean() ? HubClient.at(port) : other());
            }
            if (step % 10 == 9) {
                allHoldWhatSearchesAnswer(people, consumers);
            }
        }
    }

    /** Of a subject at which no writer has looked, nobody could tell what was there when it was read, and has gone since. */
    @Test
    void nobody_begins_before_a_writer_has_looked_at_everybody() {
        List<ChangesWriter> both =
                List.of(writer, Objects.requireNonNull(secondNode).bean(ChangesWriter.class));
        both.forEach(ChangesWriter::stop);

        HttpResponse<String> tooEarly = other().get("/fhir/Slot/$changes");

        assertThat(tooEarly.statusCode()).isEqualTo(503);
        assertThat(tooEarly.headers().firstValue("Retry-After")).isPresent();
        both.forEach(ChangesWriter::start);
        await().until(() -> other().get("/fhir/Slot/$changes").statusCode() == 200);
    }

    /** A process of its own writes down what changes, and is killed (kill -9) while things happen. */
    @Test
    void what_happens_while_whoever_writes_is_killed_is_told_all_the_same() {
        Random dice = new Random(7);
        List<PractitionerId> people = IntStream.range(0, 3)
                .mapToObj(i -> Batches.practitioner(30_900 + i))
                .toList();
        FollowingConsumer[] consumers = {
            FollowingConsumer.withNothing(HubClient.at(port)),
            FollowingConsumer.withNothing(other()).pagesOf(PAGE)
        };
        consumers[0].step();
        List<ChangesWriter> others =
                List.of(writer, Objects.requireNonNull(secondNode).bean(ChangesWriter.class));
        try (Node third = Node.on(database, connectors)
                .with("spring.main.sources=" + MovableClock.Wound.class.getName(), "hub.changes.lease=1s")
                .startAlone("writer-of-changes")
                .awaitReady()) {
            others.forEach(ChangesWriter::stop);
            await("the third writes").until(() -> writers() == 1);
            for (int step = 0; step < STEPS; step++) {
                if (step == STEPS / 4) {
                    others.forEach(ChangesWriter::start);
                }
                if (step == STEPS / 2) {
                    third.kill();
                    history.add("killed");
                }
                history.add(happens(people, dice, dice.nextInt(OF_TIME)));
                consumers[dice.nextInt(2)].step();
            }
        } finally {
            others.stream().filter(one -> !one.isRunning()).forEach(ChangesWriter::start);
        }

        allHoldWhatSearchesAnswer(people, consumers);
    }

    private long writers() {
        return Objects.requireNonNull(
                jdbc.queryForObject("SELECT count(*) FROM changes_head WHERE writer IS NOT NULL", Long.class));
    }

    private void allHoldWhatSearchesAnswer(List<PractitionerId> people, FollowingConsumer... consumers) {
        for (int i = 0; i < consumers.length; i++) {
            int which = i;
            await().atMost(WHOLE_READ).untilAsserted(() -> {
                while (step(consumers, which)) {
                    // until nothing is left
                }
                FollowingConsumer consumer = consumers[which];
                for (PractitionerId one : people) {
                    Instant now = clock.instant();
                    Map<String, String> searched =
                            FollowingConsumer.shown(search(HubClient.at(port), one), one.value(), now);
                    assertThat(consumer.shows(one.value(), now))
                            .as("%s after %s", one, history)
                            .isEqualTo(searched);
                }
            });
        }
    }

    /** One page, or from the start, if the server was started again between two pages. */
    private boolean step(FollowingConsumer[] consumers, int which) {
        if (consumers[which].get().statusCode() != 410) {
            return consumers[which].step();
        }
        history.add("consumer " + which + " starts over");
        if (++startedOver > consumers.length * startedAgain) {
            throw new IllegalStateException("Nobody needs to start over so often: " + history);
        }
        consumers[which] = FollowingConsumer.withNothing(HubClient.at(port)).pagesOf(PAGE);
        return true;
    }

    private String step(List<PractitionerId> people, Random dice) {
        if (dice.nextInt(12) == 0) {
            startedAgain++;
            jdbc.update("UPDATE changes_head SET server_run = 'another'");
            return "server started again";
        }
        return happens(people, dice, dice.nextInt(100));
    }

    private String happens(List<PractitionerId> people, Random dice, int what) {
        PractitionerId one = people.get(dice.nextInt(people.size()));
        if (what < 45) {
            return say(people, dice);
        } else if (what < 57) {
            return book(one, dice);
        } else if (what < 60 && !booked.isEmpty()) {
            return declare(booked.remove(dice.nextInt(booked.size())).status("cancelled"), dice);
        } else if (what >= OF_TIME && what < 80) {
            moveTo(clock.instant().plus(Duration.ofMinutes(1 + dice.nextInt(9))));
            return "it is " + clock.instant();
        } else if (what < OF_TIME) {
            boolean refuses = refusing.add(one) || !refusing.remove(one);
            events.publishEvent(new ParticipationChanged(one, hiding(!refuses), hiding(refuses)));
            return one + (refuses ? " refuses" : " does not refuse");
        } else if (what < 88) {
            jdbc.query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%changes_%' AND pid <> pg_backend_pid()",
                    rs -> {});
            Stream.of(pool, Objects.requireNonNull(secondNode).bean(DataSource.class))
                    .forEach(ChangesHistoriesTest::forgetIdleConnections);
            return "writer cut off";
        } else if (what < 94) {
            jdbc.update("UPDATE changes_head SET lease_until = clock_timestamp() - interval '1 s', writer = 'killed'");
            return "writer killed";
        }
        return vendorComesOrLeaves();
    }

    /** Some were cut off too: whoever takes one of them next is not whom this is about. */
    private static void forgetIdleConnections(DataSource pool) {
        try {
            pool.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String book(PractitionerId one, Random dice) {
        AnAppointment appointment = AnAppointment.with(one.value(), quarter(dice.nextInt(9)));
        booked.add(appointment);
        return declare(appointment, dice);
    }

    private String declare(AnAppointment appointment, Random dice) {
        int status = (dice.nextBoolean() ? HubClient.at(port) : other())
                .as("test-vendor-rdv-a")
                .put(appointment.address(), appointment.toString())
                .statusCode();
        return "appointment " + appointment.identifier() + " " + status;
    }

    /** The next quarter of an hour, or a later one. */
    private Instant quarter(int later) {
        return EIGHT.plus(Duration.ofMinutes(
                15 * (Duration.between(EIGHT, clock.instant()).toMinutes() / 15 + 1 + later)));
    }

    private String vendorComesOrLeaves() {
        if (vendors.find(COMETE).isPresent()) {
            Descriptor.of(COMETE.name()).removeFrom(connectors);
            await().until(() -> vendors.find(COMETE).isEmpty());
            return "comete leaves";
        }
        Descriptor.of(COMETE.name()).dropInto(connectors);
        await().until(() -> isKnownToBoth(COMETE));
        return "comete comes";
    }

    private String say(List<PractitionerId> people, Random dice) {
        Source source = List.of(SOLEIL, LUNE, COMETE, BOOKED, Source.AGENDA).get(dice.nextInt(5));
        PractitionerId one = people.get(dice.nextInt(people.size()));
        Instant now = clock.instant();
        ScreenedBatchBuilder saying = ScreenedBatchBuilder.by(source, now, one);
        if (source.isAgenda()) {
            saying.about(now.minus(Duration.ofDays(2)), now.plus(Duration.ofDays(14)));
        } else if (dice.nextInt(6) == 0) {
            saying.inPart();
        }
        Set<Integer> quarters = new HashSet<>();
        for (int i = dice.nextInt(5); i > 0; i--) {
            quarters.add(dice.nextInt(9));
        }
        for (int quarter : quarters) {
            Instant grid = quarter(quarter);
            saying.slot(dice.nextInt(3) == 0 ? "there" : "here", grid, 15, "r" + grid, dice.nextInt(4) > 0);
        }
        index.replace(saying.batch());
        return saying.toString();
    }

    private static Settings hiding(boolean hidden) {
        return Settings.builder().vendorSlotsHidden(hidden).build();
    }

    private void moveTo(Instant instant) {
        clock.moveTo(instant);
        Objects.requireNonNull(secondNode).bean(MovableClock.class).moveTo(instant);
    }

    private HubClient other() {
        return Objects.requireNonNull(secondNode).client();
    }

    private com.fasterxml.jackson.databind.JsonNode search(HubClient hub, PractitionerId one) {
        return hub.json(HubClient.slotsOf(clock.instant().minus(Duration.ofHours(1)), one.value()));
    }
}
