package fr.sas.hub.push;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a delivery looks up is found by key, also where PostgreSQL has no statistics, as in a new table or a restored copy: its cost
 * does not grow with what the vendor has delivered before (docs/decisions/0090).
 */
@HubTest
class DeliveriesReadByKeyTest {

    private static final int ALL = 10_000;
    private static final List<Integer> SOME =
            IntStream.range(0, 25).mapToObj(i -> i * 100).toList();

    private final String vendor = "reads-by-key";

    @Autowired
    ScheduleTables schedules;

    @Autowired
    ResourceTables resources;

    @Autowired
    SubjectTables subjects;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @BeforeEach
    void a_vendor_that_has_delivered_much() {
        forget();
        analyse();
        jdbc.sql("""
                        INSERT INTO push_resource (vendor, type, id, version, changed_at, deleted, digest, json, refs, identifiers,
                          schedule, free, subjects)
                        SELECT :vendor, 'Practitioner', 'p' || i, 1, now(), false, gen_random_uuid(), '{}', '{}',
                          ARRAY['Practitioner|x|' || i], NULL, false, '{}'::text[] FROM generate_series(0, :last) i
                        UNION ALL
                        SELECT :vendor, 'Schedule', 's' || i, 1, now(), false, gen_random_uuid(), '{}',
                          ARRAY[:vendor || '/Practitioner/p' || i], '{}', NULL, false, ARRAY['8' || i]
                        FROM generate_series(0, :last) i""").param("vendor", vendor).param("last", ALL - 1).update();
        jdbc.sql("""
                        INSERT INTO push_subject (vendor, subject, heard_at, admitted)
                        SELECT :vendor, '8' || i, now(), true FROM generate_series(0, :last) i""").param("vendor", vendor).param("last", ALL - 1).update();
    }

    private void analyse() {
        jdbc.sql("ANALYZE push_resource, push_subject").update();
    }

    @AfterEach
    void forget() {
        resources.forget(vendor);
        subjects.forget(vendor);
    }

    @Test
    void the_schedules_around_a_practitioner() {
        List<ResourceAddress> practitioners = SOME.stream()
                .map(i -> new ResourceAddress("Practitioner", "p" + i))
                .toList();

        assertThat(schedules.schedulesAround(vendor, practitioners)).hasSize(SOME.size());
        assertThat(rowsRead(() -> schedules.schedulesAround(vendor, practitioners)))
                .isLessThan(ALL);
    }

    @Test
    void the_schedules_of_a_subject() {
        List<String> subjects = SOME.stream().map(i -> "8" + i).toList();

        assertThat(schedules.schedulesOf(vendor, subjects)).hasSize(SOME.size());
        assertThat(rowsRead(() -> schedules.schedulesOf(vendor, subjects))).isLessThan(ALL);
    }

    @Test
    void the_resources_that_have_an_identifier() {
        Set<IdentifierToken> tokens = SOME.stream()
                .map(i -> new IdentifierToken("Practitioner", "x", String.valueOf(i)))
                .collect(Collectors.toSet());

        assertThat(resources.matches(vendor, tokens).there()).hasSize(SOME.size());
        assertThat(rowsRead(() -> resources.matches(vendor, tokens))).isLessThan(ALL);
    }

    @Test
    void the_resources_that_come_again_unchanged() {
        List<ResourceAddress> practitioners = SOME.stream()
                .map(i -> new ResourceAddress("Practitioner", "p" + i))
                .toList();

        assertThat(resources.find(vendor, practitioners)).hasSize(SOME.size());
        assertThat(rowsRead(() -> resources.find(vendor, practitioners))).isLessThan(ALL);
    }

    @Test
    void whom_a_delivery_confirms() {
        List<String> some = SOME.stream().map(i -> "8" + i).toList();

        assertThat(subjects.confirmed(vendor, Instant.EPOCH, some)).hasSize(SOME.size());
        assertThat(rowsRead(() -> subjects.confirmed(vendor, Instant.EPOCH, some)))
                .isLessThan(ALL);
    }

    @Test
    void the_contents_of_resources() {
        List<ResourceAddress> practitioners = SOME.stream()
                .map(i -> new ResourceAddress("Practitioner", "p" + i))
                .toList();

        assertThat(resources.contents(vendor, practitioners)).hasSize(SOME.size());
        assertThat(rowsRead(() -> resources.contents(vendor, practitioners))).isLessThan(ALL);
    }

    @Test
    void the_resources_that_are_said_again() {
        Map<ResourceAddress, Instant> said = SOME.stream()
                .collect(Collectors.toMap(i -> new ResourceAddress("Practitioner", "p" + i), i -> Instant.EPOCH));

        assertThat(rowsRead(() -> resources.saidAgain(vendor, said))).isLessThan(ALL);
    }

    @Test
    void whose_schedules_are() {
        Map<String, Set<String>> subjects = SOME.stream().collect(Collectors.toMap(i -> "s" + i, i -> Set.of("8" + i)));

        assertThat(schedules.subjectsOf(vendor, subjects.keySet())).isEqualTo(subjects);
        assertThat(rowsRead(() -> schedules.subjectsOf(vendor, subjects.keySet())))
                .isLessThan(ALL);
        assertThat(rowsRead(() -> schedules.belong(vendor, subjects))).isLessThan(ALL);
    }

    /** With statistics from before the vendor delivered, as until PostgreSQL looks again, and with right ones. */
    private long rowsRead(Runnable read) {
        long before = rowsReadNow(read);
        analyse();
        return Math.max(before, rowsReadNow(read));
    }

    /** Several times, since PostgreSQL makes a plan for all parameters only after some; from end to end or by an index. */
    private long rowsReadNow(Runnable read) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            long before = rowsRead();
            for (int i = 0; i < 12; i++) {
                read.run();
            }
            return rowsRead() - before;
        }));
    }

    /** As this connection has counted them. */
    private long rowsRead() {
        return jdbc.sql("""
                        SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) FROM pg_stat_xact_user_tables
                        WHERE relname IN ('push_resource', 'push_subject')""").query(Long.class).single();
    }
}
