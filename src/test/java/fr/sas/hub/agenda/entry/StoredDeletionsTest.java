package fr.sas.hub.agenda.entry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What a hub stored of an entry before it was deleted, restored by a hub whose table may have other columns: in an upgrade,
 * what one release deleted is restored by the other. The files are never edited: whoever adds a column adds a file.
 */
class StoredDeletionsTest {

    private static final String NEWEST = "/past/agenda-deletion-1.json";
    private static final PractitionerId ALICE = new PractitionerId("810000000001");
    private static final UUID ENTRY = UUID.fromString("01976000-0000-7000-8000-000000000001");
    private static final DeletionTables.Deletion DELETION = new DeletionTables.Deletion(
            UUID.fromString("01976000-0000-7000-8000-000000000009"),
            ALICE,
            DeletionTables.Scope.ENTRY,
            new AgendaEntry.OccurrenceName(ENTRY, LocalDate.of(2026, 6, 12)),
            null,
            null);
    private static final AgendaEntry.Stamp STAMP =
            new AgendaEntry.Stamp(Instant.parse("2026-06-12T10:00:00Z"), "portal for Bob");

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.fresh(), "postgres", "");
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final DeletionTables deletions = new DeletionTables(JdbcClient.create(database));

    @BeforeEach
    void anAgenda() {
        Flyway.configure().dataSource(database).outOfOrder(true).load().migrate();
        jdbc.update("INSERT INTO agenda_subject (subject, given) VALUES ('810000000001', '{Alice}')");
    }

    @Test
    void an_entry_is_restored_as_it_was_with_what_stood_for_one_of_its_occurrences() throws IOException {
        restored(NEWEST);

        assertThat(rows()).isEqualTo(withoutStamps(stored(NEWEST)));
        assertThat(jdbc.queryForMap("SELECT version, created_at, changed_by FROM agenda_entry WHERE id = ?", ENTRY))
                .containsEntry("version", 4L)
                .containsEntry("created_at", Timestamp.from(Instant.parse("2026-06-01T08:00:00Z")))
                .containsEntry("changed_by", "portal for Bob");
    }

    @Test
    void columns_that_the_table_did_not_have_yet_have_their_default() throws IOException {
        jdbc.execute("ALTER TABLE agenda_entry ADD COLUMN colour text NOT NULL DEFAULT 'blue'");

        restored(NEWEST);

        assertThat(jdbc.queryForList("SELECT colour FROM agenda_entry", String.class))
                .containsExactly("blue", "blue");
    }

    @Test
    void columns_that_the_table_no_longer_has_are_passed_over() throws IOException {
        jdbc.execute("ALTER TABLE agenda_entry DROP COLUMN place_phone");

        restored(NEWEST);

        assertThat(rows()).hasSize(2).noneMatch(row -> row.has("place_phone"));
    }

    /** Another column needs another file beside the older ones, and a hub of the last release to restore it. */
    @Test
    void what_is_stored_of_a_deletion_is_what_the_newest_file_holds() throws IOException {
        restored(NEWEST);
        jdbc.update("DELETE FROM agenda_deletion");

        deletions.save(DELETION, STAMP);

        JsonNode stored = new ObjectMapper()
                .readTree(jdbc.queryForObject("SELECT entries::text FROM agenda_deletion", String.class));
        assertThat(withoutStamps(stored)).containsExactlyInAnyOrderElementsOf(withoutStamps(stored(NEWEST)));
    }

    private void restored(String file) throws IOException {
        jdbc.update("""
                INSERT INTO agenda_deletion (id, subject, scope, entry, local_date, at, entries, exceptions)
                VALUES (?, ?, 'ENTRY', ?, '2026-06-12', now(), ?::jsonb, '{2026-06-19}')""", DELETION.id(), ALICE.value(), ENTRY, stored(file).toString());
        deletions.putBack(DELETION, STAMP);
    }

    private List<ObjectNode> rows() throws IOException {
        return withoutStamps(new ObjectMapper()
                .readTree(jdbc.queryForObject(
                        "SELECT jsonb_agg(to_jsonb(e) ORDER BY id)::text FROM agenda_entry e", String.class)));
    }

    /** Whoever restores an entry is its last author, and PostgreSQL writes instants in the time zone of who asks. */
    private static List<ObjectNode> withoutStamps(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> ((ObjectNode) row.deepCopy())
                        .<ObjectNode>without(
                                List.of("version", "created_at", "changed_at", "changed_by", "made_until")))
                .toList();
    }

    private static JsonNode stored(String file) throws IOException {
        try (var in = Objects.requireNonNull(StoredDeletionsTest.class.getResourceAsStream(file), file)) {
            return new ObjectMapper().readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
