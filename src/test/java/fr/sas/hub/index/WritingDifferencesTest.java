package fr.sas.hub.index;

import static fr.sas.hub.index.LiveVendors.LUNE;
import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** A delivery against what is stored: only differences are written, and each is in the change log. */
@HubTest
@Import(MovableClock.Wound.class)
class WritingDifferencesTest {

    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");

    private final PractitionerId alice = Batches.newPractitioner();
    private final PractitionerId basile = Batches.newPractitioner();

    @Autowired
    AvailabilityIndex index;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MovableClock clock;

    @Autowired
    Vendors vendors;

    @Autowired
    PastSlots pastSlots;

    @Value("${hub.connectors}")
    Path connectors;

    @BeforeEach
    void two_vendors() {
        clock.moveTo(EIGHT);
        LiveVendors.areIn(connectors, vendors);
    }

    @Test
    void an_unchanged_delivery_writes_one_row_the_confirmation() {
        say(by(SOLEIL, EIGHT).slot(at("10:00")).slot(at("11:00")));
        Map<String, String> before = versions();

        say(by(SOLEIL, EIGHT.plusSeconds(60)).slot(at("11:00")).slot(at("10:00")));

        Map<String, String> after = versions();
        assertThat(after).hasSameSizeAs(before);
        after.entrySet().removeAll(before.entrySet());
        assertThat(after)
                .hasSize(1)
                .allSatisfy((row, version) -> assertThat(row).startsWith("index_word"));
        assertThat(word(alice, SOLEIL).confirmedAt()).isEqualTo(EIGHT.plusSeconds(60));
    }

    @Test
    void of_a_changed_delivery_only_the_differences_are_written() {
        say(by(SOLEIL, EIGHT).slot(at("10:00")).slot(at("11:00")).slot(at("12:00")));
        Map<String, String> before = versions();

        say(by(SOLEIL, EIGHT.plusSeconds(60))
                .slot(at("10:00"))
                .slot(at("12:00"))
                .slot(at("13:00")));

        Map<String, String> after = versions();
        after.entrySet().removeAll(before.entrySet());
        assertThat(after.keySet())
                .filteredOn(row -> row.startsWith("index_slot"))
                .singleElement()
                .asString()
                .contains("r" + at("13:00").getEpochSecond());
        assertThat(log(SOLEIL))
                .containsExactly("DELIVERED +10:00 +11:00 +12:00 at 08:00:00", "DELIVERED +13:00 -11:00 at 08:00:00");
    }

    @Test
    void a_slot_that_changed_is_logged_as_gone_and_come() {
        say(by(SOLEIL, EIGHT).slot("here", at("10:00"), 15, "r1", true));
        clock.moveTo(EIGHT.plusSeconds(60));
        say(by(SOLEIL, EIGHT.plusSeconds(60)).slot("here", at("10:00"), 15, "r1", false));

        assertThat(log(SOLEIL)).containsExactly("DELIVERED +r1 at 08:00:00", "DELIVERED +r1 -r1 at 08:01:00");
        assertThat(shown(alice)).isEqualTo("10:00-10:15 here index-soleil");
    }

    @Test
    void positions_of_the_log_only_grow() {
        say(by(SOLEIL, EIGHT).slot(at("10:00")));
        say(by(LUNE, EIGHT).slot(at("10:00")));
        say(by(SOLEIL, EIGHT.plusSeconds(1)));

        assertThat(jdbc.queryForList(
                        "SELECT source FROM index_change WHERE subject = ? ORDER BY tx, position",
                        String.class,
                        alice.value()))
                .containsExactly("index-soleil", "index-lune", "index-soleil");
        assertThat(jdbc.queryForList(
                        "SELECT position FROM index_change WHERE subject = ? ORDER BY tx, position",
                        Long.class,
                        alice.value()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void an_empty_complete_answer_clears_exactly_what_it_replaces() {
        say(ScreenedBatchBuilder.by(SOLEIL, EIGHT, alice, basile).slot(at("10:00")));
        say(by(LUNE, EIGHT).slot(at("11:00")));
        say(by(Source.AGENDA, EIGHT).slot(at("12:00")));

        say(by(SOLEIL, EIGHT.plusSeconds(60)));

        assertThat(shown(alice)).isEqualTo("11:00-11:15 here index-lune | 12:00-12:15 here agenda");
        assertThat(shown(basile)).isEqualTo("10:00-10:15 here index-soleil");
    }

    @Test
    void a_partial_answer_adds_and_changes_and_deletes_nothing() {
        say(by(SOLEIL, EIGHT).slot("here", at("10:00"), 15, "r1", true).slot("there", at("11:00"), 15, "r2", true));

        say(by(SOLEIL, EIGHT.plusSeconds(60))
                .inPart()
                .slot("here", at("10:00"), 30, "r1", true)
                .slot("here", at("12:00"), 15, "r3", true));

        assertThat(shown(alice))
                .isEqualTo(
                        "10:00-10:30 here index-soleil | 11:00-11:15 there index-soleil | 12:00-12:15 here index-soleil");
        assertThat(word(alice, SOLEIL).confirmedAt()).isEqualTo(EIGHT);
        assertThat(word(alice, SOLEIL).trouble()).isEqualTo(ScreenedBatchBuilder.PAGE_LOST);
    }

    @Test
    void a_partial_answer_forgets_neither_places_nor_names() {
        say(by(SOLEIL, EIGHT).slot("here", at("10:00"), 15, "r1", true).slot("there", at("11:00"), 15, "r2", true));

        say(ScreenedBatchBuilder.by(SOLEIL, EIGHT.plusSeconds(60), alice, basile)
                .inPart());
        assertThat(about(alice).places()).containsOnlyKeys("here", "there");

        say(by(SOLEIL, EIGHT.plusSeconds(120)).inPart().slot("elsewhere", at("12:00"), 15, "r3", true));
        assertThat(about(alice).places()).containsOnlyKeys("here", "there", "elsewhere");
        assertThat(about(alice).party()).isNotNull();
    }

    @Test
    void the_complete_answer_after_a_partial_one_clears_what_is_gone() {
        say(by(SOLEIL, EIGHT).slot(at("10:00")));
        say(by(SOLEIL, EIGHT.plusSeconds(60)).inPart().slot(at("11:00")));

        say(by(SOLEIL, EIGHT.plusSeconds(120)).slot(at("10:00")));

        assertThat(shown(alice)).isEqualTo("10:00-10:15 here index-soleil");
        assertThat(word(alice, SOLEIL).trouble()).isNull();
    }

    @Test
    void an_empty_complete_answer_after_a_partial_one_clears_everything() {
        say(by(SOLEIL, EIGHT).inPart().slot(at("10:00")));

        say(by(SOLEIL, EIGHT.plusSeconds(60)));

        assertThat(stored()).isZero();
    }

    @Test
    void a_failed_answer_only_leaves_its_word() {
        say(by(SOLEIL, EIGHT).slot(at("10:00")));
        Map<String, String> before = versions();

        say(by(SOLEIL, EIGHT.plusSeconds(60)).failing());

        Map<String, String> after = versions();
        after.entrySet().removeAll(before.entrySet());
        assertThat(after.keySet()).allMatch(row -> row.startsWith("index_word")).hasSize(1);
        assertThat(shown(alice)).isEqualTo("10:00-10:15 here index-soleil");
        SourceStatus status = word(alice, SOLEIL);
        assertThat(status.confirmedAt()).isEqualTo(EIGHT);
        assertThat(status.failedAt()).isEqualTo(EIGHT.plusSeconds(60));
        assertThat(status.trouble()).isEqualTo(ScreenedBatchBuilder.TIMED_OUT);
    }

    @Test
    void an_answer_that_was_overtaken_is_ignored() {
        say(by(SOLEIL, EIGHT.plusSeconds(60)).slot(at("11:00")));

        say(by(SOLEIL, EIGHT).slot(at("10:00")));
        say(by(SOLEIL, EIGHT).inPart().slot(at("12:00")));
        say(by(SOLEIL, EIGHT).failing());

        assertThat(shown(alice)).isEqualTo("11:00-11:15 here index-soleil");
        assertThat(word(alice, SOLEIL)).isEqualTo(new SourceStatus(SOLEIL, EIGHT.plusSeconds(60), null, null));
    }

    @Test
    void a_complete_answer_that_a_partial_one_overtook_does_not_take_its_slots_away() {
        say(by(SOLEIL, EIGHT.plusSeconds(60)).inPart().slot(at("11:00")));

        say(by(SOLEIL, EIGHT).slot(at("10:00")));

        assertThat(jdbc.queryForList("SELECT start_at FROM index_slot WHERE subject = ?", Instant.class, alice.value()))
                .hasSize(1);
        assertThat(log(SOLEIL)).containsExactly("DELIVERED_IN_PART +11:00 at 08:00:00");
    }

    @Test
    void a_failure_of_a_later_question_outlives_the_answer_to_an_earlier_one() {
        say(by(SOLEIL, EIGHT.plusSeconds(60)).failing());

        say(by(SOLEIL, EIGHT).slot(at("10:00")));

        assertThat(shown(alice)).isEqualTo("10:00-10:15 here index-soleil");
        assertThat(word(alice, SOLEIL).confirmedAt()).isEqualTo(EIGHT);
        assertThat(word(alice, SOLEIL).failedAt()).isEqualTo(EIGHT.plusSeconds(60));
    }

    @Test
    void nothing_outside_the_window_is_touched() {
        say(by(SOLEIL, EIGHT)
                .slot("here", at("08:30"), 60, "r1", true)
                .slot("here", at("10:00"), 15, "r2", true)
                .slot("there", at("12:00"), 15, "r3", true));

        say(by(SOLEIL, EIGHT.plusSeconds(60)).about(at("09:00"), at("11:00")));

        assertThat(shown(alice)).isEqualTo("08:30-09:30 here index-soleil | 12:00-12:15 there index-soleil");
        assertThat(about(alice).places()).containsKeys("here", "there");
    }

    @Test
    void a_wider_question_takes_away_what_a_narrower_one_left_even_when_the_answer_is_the_same() {
        say(by(SOLEIL, EIGHT).slot(at("10:00")).slot(at("12:00")));
        say(by(SOLEIL, EIGHT.plusSeconds(60)).about(EIGHT, at("11:00")).slot(at("10:00")));

        say(by(SOLEIL, EIGHT.plusSeconds(120)).slot(at("10:00")));

        assertThat(shown(alice)).isEqualTo("10:00-10:15 here index-soleil");
    }

    @Test
    void two_equal_slots_of_one_source_are_kept_apart_and_one_may_leave() {
        say(by(SOLEIL, EIGHT).slot("here", at("10:00"), 15, "r1", false).slot("here", at("10:00"), 15, "r2", false));
        assertThat(shown(alice)).isEqualTo("10:00-10:15 here index-soleil | 10:00-10:15 here index-soleil");

        say(by(SOLEIL, EIGHT.plusSeconds(60)).slot("here", at("10:00"), 15, "r2", false));
        assertThat(shown(alice)).isEqualTo("10:00-10:15 here index-soleil");
    }

    @Test
    void ids_stay_the_same_over_redeliveries_and_whoever_else_offers_the_slot() {
        say(by(SOLEIL, EIGHT).slot(at("10:00")));
        String id = about(alice).slots().getFirst().id();

        say(by(LUNE, EIGHT).slot("here", at("10:00"), 15, "another", true));
        say(by(SOLEIL, EIGHT.plusSeconds(60)));
        say(by(SOLEIL, EIGHT.plusSeconds(120)).slot("here", at("10:00"), 15, "renamed", false));

        assertThat(about(alice).slots())
                .singleElement()
                .extracting(MergedSlot::id)
                .isEqualTo(id);
    }

    @Test
    void a_past_slot_is_hidden_by_the_clock_and_only_then_swept_and_logged() {
        say(by(SOLEIL, EIGHT).slot(at("08:15")).slot(at("10:00")));
        clock.moveTo(at("08:30"));
        say(by(SOLEIL, at("08:29")).slot(at("10:00")));

        assertThat(shown(alice)).isEqualTo("10:00-10:15 here index-soleil");
        assertThat(stored()).isEqualTo(2);

        pastSlots.sweep();
        assertThat(stored()).isEqualTo(1);
        assertThat(log(SOLEIL)).endsWith("ENDED -08:15 at 08:30:00");
    }

    @Test
    void a_slot_in_progress_is_neither_hidden_nor_swept() {
        say(by(SOLEIL, EIGHT).slot(at("08:15")));
        clock.moveTo(at("08:19"));

        pastSlots.sweep();
        assertThat(shown(alice)).isEqualTo("08:15-08:30 here index-soleil?");
    }

    private ScreenedBatchBuilder by(Source source, Instant at) {
        return ScreenedBatchBuilder.by(source, at, alice);
    }

    private void say(ScreenedBatchBuilder saying) {
        index.replace(saying.batch());
    }

    private static Instant at(String time) {
        return Instant.parse("2026-06-12T" + time + ":00Z");
    }

    private Availability about(PractitionerId practitioner) {
        return Objects.requireNonNull(
                index.availabilityOf(List.of(practitioner)).get(practitioner));
    }

    private String shown(PractitionerId practitioner) {
        return MergedSlotLines.line(about(practitioner));
    }

    private SourceStatus word(PractitionerId practitioner, Source source) {
        return about(practitioner).statuses().stream()
                .filter(status -> status.source().equals(source))
                .findFirst()
                .orElseThrow();
    }

    private long stored() {
        return jdbc.queryForObject("SELECT count(*) FROM index_slot WHERE subject = ?", Long.class, alice.value());
    }

    /** The log of one source, in lines; slots named by their start when they are named after it. */
    private List<String> log(Source source) {
        return jdbc.query(
                """
                SELECT cause, added_slots, removed_slots, added, removed, to_char(at AT TIME ZONE 'UTC', 'HH24:MI:SS')
                FROM index_change WHERE subject = ? AND source = ? ORDER BY tx, position""",
                (rs, row) -> {
                    String[] added = (String[]) rs.getArray(2).getArray();
                    String[] removed = (String[]) rs.getArray(3).getArray();
                    assertThat(added).hasSize(rs.getInt(4));
                    assertThat(removed).hasSize(rs.getInt(5));
                    return rs.getString(1) + named(" +", added) + named(" -", removed) + " at " + rs.getString(6);
                },
                alice.value(),
                source.name());
    }

    private static String named(String sign, String[] references) {
        StringBuilder names = new StringBuilder();
        for (String reference : references) {
            boolean byStart = reference.length() > 6;
            names.append(sign)
                    .append(
                            byStart
                                    ? Instant.ofEpochSecond(Long.parseLong(reference.substring(1)))
                                            .toString()
                                            .substring(11, 16)
                                    : reference);
        }
        return names.toString();
    }

    /** Every row of the room's tables and the transaction that wrote its present version. */
    private Map<String, String> versions() {
        Map<String, String> versions = new HashMap<>();
        jdbc.query("""
                SELECT 'index_word ' || subject || source, xmin::text || ctid FROM index_word
                UNION ALL SELECT 'index_slot ' || id || subject || source || reference, xmin::text || ctid FROM index_slot
                UNION ALL SELECT 'index_change ' || position, xmin::text || ctid FROM index_change
                UNION ALL SELECT 'index_community ' || id, xmin::text || ctid FROM index_community""", rs -> {
            versions.put(rs.getString(1), rs.getString(2));
        });
        return versions;
    }
}
