package fr.sas.hub.index;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.HubTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a search reads is found by key: no plan of PostgreSQL's reads a table of all of France for 25 of its practitioners. */
@HubTest
class ReadsByKeyTest {

    private static final int ALL = 30_000;
    private static final int FORMAT = 1;
    /** As many as a search names: of 30,000, PostgreSQL may well read a small table whole for some hundreds. */
    private static final List<PractitionerId> SOME = IntStream.range(0, 25)
            .mapToObj(i -> new PractitionerId("8996%08d".formatted(i * 1_000)))
            .toList();

    @Autowired
    ReadySubjects ready;

    @Autowired
    SubjectBases bases;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @BeforeEach
    void many_are_known() {
        forget();
        fill("INSERT INTO index_version SELECT subject, 1 FROM known");
        fill("INSERT INTO index_word (subject, source, confirmed_at) SELECT subject, 'agenda', now() FROM known");
        fill("""
                INSERT INTO index_ready (subject, communities, format, epoch, version, sources, standings, bytes)
                SELECT subject, false, 1, (SELECT epoch FROM index_epoch), 1, '{agenda}', '{FRESH}',
                  decode(repeat('ab', 1500), 'hex') FROM known""");
        jdbc.sql("ANALYZE index_version, index_word, index_ready").update();
    }

    private void fill(String insert) {
        jdbc.sql("WITH known AS (SELECT '8996' || lpad(i::text, 8, '0') AS subject FROM generate_series(0, :last) i) "
                        + insert)
                .param("last", ALL - 1)
                .update();
    }

    @AfterEach
    void forget() {
        for (String table : List.of("index_ready", "index_word", "index_version")) {
            jdbc.sql("DELETE FROM " + table + " WHERE subject LIKE '8996%'").update();
        }
    }

    @Test
    void renderings_are_read_by_key() {
        assertThat(ready.find(SOME, false, FORMAT).ready()).hasSize(SOME.size());
        assertThat(tablesReadWhole(() -> ready.find(SOME, false, FORMAT))).isEmpty();
    }

    @Test
    void the_bases_of_renderings_are_read_by_key() {
        assertThat(tablesReadWhole(() -> bases.of(SOME, Instant.now()))).isEmpty();
    }

    /** Several times, since the driver prepares a statement, and PostgreSQL a plan for all parameters, only after some. */
    private Map<String, Long> tablesReadWhole(Runnable read) {
        return transactions.execute(transaction -> {
            Map<String, Long> before = wholeReads();
            for (int i = 0; i < 12; i++) {
                read.run();
            }
            Map<String, Long> after = wholeReads();
            after.replaceAll((table, reads) -> reads - before.getOrDefault(table, 0L));
            after.values().removeIf(reads -> reads == 0);
            return after;
        });
    }

    /** As this connection has counted them. */
    private Map<String, Long> wholeReads() {
        Map<String, Long> reads = new TreeMap<>();
        jdbc.sql("""
                        SELECT relname, seq_scan FROM pg_stat_xact_user_tables
                        WHERE relname IN ('index_ready', 'index_word', 'index_version')""").query(rs -> {
            reads.put(rs.getString("relname"), rs.getLong("seq_scan"));
        });
        return reads;
    }
}
