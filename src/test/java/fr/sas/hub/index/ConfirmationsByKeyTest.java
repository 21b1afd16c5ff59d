package fr.sas.hub.index;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.testing.HubTest;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * "Nothing has changed" for a few subjects costs what they cost, however many the vendor has delivered, with statistics from before
 * its first delivery too (docs/decisions/0097).
 */
@HubTest
class ConfirmationsByKeyTest {

    private static final int ALL = 50_000;
    private static final int FEW = 100;
    private static final int RUNS = 12;
    private static final List<Subject> SOME = IntStream.range(0, 25)
            .<Subject>mapToObj(i -> new PractitionerId("8998%08d".formatted(i * 100)))
            .toList();

    private final Source source = new Source("confirms-by-key");

    @Autowired
    IndexTables tables;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @BeforeEach
    void many_are_known() {
        forget();
        jdbc.sql("VACUUM ANALYZE index_word, index_slot")
                .update(); // nor are pages left of what is gone, which are cheap to read whole
        insert(source, "8998", ALL);
    }

    private void insert(Source source, String kind, int many) {
        jdbc.sql("""
                        INSERT INTO index_word (subject, source, confirmed_at, heard_at, held, digest)
                        SELECT :kind || lpad(i::text, 8, '0'), :source, :at, :at, 0, 1 FROM generate_series(0, :last) i""")
                .param("kind", kind)
                .param("source", source.name())
                .param("at", Timestamp.from(Instant.EPOCH))
                .param("last", many - 1)
                .update();
    }

    private void analyse() {
        jdbc.sql("ANALYZE index_word, index_slot").update();
    }

    @AfterEach
    void forget() {
        jdbc.sql("DELETE FROM index_word WHERE subject LIKE '8998%' OR subject LIKE '8997%'")
                .update();
    }

    @Test
    void some_are_confirmed() {
        assertThat(tables.confirmAgain(source, SOME, Instant.EPOCH)).containsExactlyInAnyOrderElementsOf(SOME);
        assertThat(rowsRead(() -> tables.confirmAgain(source, SOME, Instant.EPOCH)))
                .isLessThan(ALL);
    }

    @Test
    void some_are_confirmed_by_an_answer() {
        List<String> subjects = SOME.stream().map(Subject::value).toList();

        assertThat(rowsRead(() -> tables.confirm(source, Instant.EPOCH, subjects)))
                .isLessThan(ALL);
    }

    @Test
    void all_of_a_vendor_are_confirmed_whatever_others_have_delivered() {
        Source few = new Source("confirms-few");
        insert(few, "8997", FEW);

        assertThat(rowsRead(() -> tables.confirmAgain(few, Set.of(), Instant.EPOCH)))
                .isLessThan(ALL);
        assertThat(tables.confirmAgain(few, Set.of(), Instant.EPOCH)).hasSize(FEW);
    }

    @Test
    void all_are_confirmed() {
        assertThat(tables.confirmAgain(source, Set.of(), Instant.EPOCH)).hasSize(ALL);
        assertThat(tables.vanished(source, Set.of())).isEmpty();
    }

    @Test
    void some_are_compared_with_what_was_said_of_them() {
        assertThat(tables.vanished(source, SOME)).isEmpty();
        assertThat(rowsRead(() -> tables.vanished(source, SOME))).isLessThan(ALL);

        jdbc.sql("UPDATE index_word SET held = 7 WHERE subject = :subject")
                .param("subject", SOME.getFirst().value())
                .update();

        assertThat(tables.vanished(source, SOME))
                .containsExactly(SOME.getFirst().value());
        assertThat(tables.vanished(source, Set.of()))
                .containsExactly(SOME.getFirst().value());
        assertThat(tables.vanished(new Source("somebody-else"), SOME)).isEmpty();
    }

    private long rowsRead(Runnable read) {
        long before = rowsReadNow(read);
        analyse();
        return Math.max(before, rowsReadNow(read));
    }

    /** Several times, since PostgreSQL makes a plan for all parameters only after some. */
    private long rowsReadNow(Runnable read) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            long before = rowsRead();
            for (int i = 0; i < RUNS; i++) {
                read.run();
            }
            return rowsRead() - before;
        }));
    }

    /** As this connection has counted them. */
    private long rowsRead() {
        return jdbc.sql("""
                        SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) FROM pg_stat_xact_user_tables
                        WHERE relname IN ('index_word', 'index_slot')""").query(Long.class).single();
    }
}
