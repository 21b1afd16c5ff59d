package fr.sas.hub.index;

import static fr.sas.hub.database.Columns.instant;

import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.database.Columns;
import fr.sas.hub.index.freshness.FreshnessSettings;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the state at an instant in the past from what {@link AnswerInputsJournal} and {@link ChangeLog} recorded. One
 * subject at a time.
 */
@Repository
class PastReader {

    /**
     * How far back sources' reports are read, at least: so that their age can be shown even when they are too old to
     * count.
     */
    private static final Duration AT_LEAST = Duration.ofHours(1);

    private static final int MOST_GONE = 2_000;

    private final JdbcClient jdbc;

    PastReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A slot that left the index. */
    record GoneRow(IndexReader.SlotRow row, Instant goneAt, ChangeLog.Cause cause) {}

    /** A recorded circumstance. */
    private record RecordedState(String who, Instant since, String document) {}

    /**
     * In merge order, including those that had ended by then. Only the last partial answer that contained a slot is
     * recorded: earlier ones are no longer known.
     */
    List<IndexReader.SlotRow> slots(Subject subject, Instant at) {
        Timestamp then = Timestamp.from(at);
        return jdbc
                .sql("""
                        SELECT source, place, start_at, end_at, reference, content, changed_at, heard_in_part_at
                        FROM index_slot WHERE subject = :subject AND came_at <= :then
                        UNION ALL
                        SELECT source, place, start_at, end_at, reference, content, changed_at, NULL
                        FROM index_slot_gone WHERE subject = :subject AND came_at <= :then AND gone_at > :then
                        ORDER BY start_at, end_at, place, source, reference""")
                .param("subject", subject.value())
                .param("then", then)
                .query((rs, row) -> {
                    IndexReader.SlotRow slot = slot(subject, rs);
                    return slot == null ? null : slot.heardInPart(byThen(instant(rs, "heard_in_part_at"), at));
                })
                .list()
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    /** The last time each slot that began in the window had left by then; latest first. */
    List<GoneRow> gone(Subject subject, Window window, Instant at) {
        return jdbc
                .sql("""
                        SELECT * FROM (
                          SELECT DISTINCT ON (source, reference, start_at, end_at)
                            source, place, start_at, end_at, reference, content, changed_at, gone_at, cause
                          FROM index_slot_gone
                          WHERE subject = :subject AND start_at BETWEEN :from AND :to AND gone_at <= :at
                          ORDER BY source, reference, start_at, end_at, gone_at DESC) AS latest
                        ORDER BY gone_at DESC LIMIT :most""")
                .param("subject", subject.value())
                .param("from", Timestamp.from(window.from()))
                .param("to", Timestamp.from(window.to()))
                .param("at", Timestamp.from(at))
                .param("most", MOST_GONE)
                .query((rs, row) -> {
                    IndexReader.SlotRow slot = slot(subject, rs);
                    return slot == null
                            ? null
                            : new GoneRow(
                                    slot,
                                    Columns.requiredInstant(rs, "gone_at"),
                                    ChangeLog.Cause.valueOf(rs.getString("cause")));
                })
                .list()
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Instant byThen(@Nullable Instant said, Instant at) {
        return said == null || said.isAfter(at) ? null : said;
    }

    /** Null as in {@link SlotContent#read(Subject, ResultSet)}. */
    private static IndexReader.@Nullable SlotRow slot(Subject subject, ResultSet rs) throws SQLException {
        Slot slot = SlotContent.read(subject, rs);
        return slot == null
                ? null
                : new IndexReader.SlotRow(
                        new Source(rs.getString("source")), slot, Columns.requiredInstant(rs, "changed_at"));
    }

    /**
     * What each source had reported by then, including the parties and places it had described.
     *
     * @param counted for how long a report counted
     */
    List<IndexReader.SourceStatusRow> statuses(Subject subject, Instant at, Duration counted) {
        Map<Source, PastOffer> known = pastOffers(subject, at);
        Map<Source, SourceStatus> statuses =
                replayedStatuses(subject, at.minus(counted.compareTo(AT_LEAST) > 0 ? counted : AT_LEAST), at, known);
        known.keySet().forEach(source -> statuses.putIfAbsent(source, new SourceStatus(source, null, null, null)));
        return statuses.values().stream()
                .map(status -> {
                    PastOffer of = known.get(status.source());
                    return new IndexReader.SourceStatusRow(status, of == null ? null : of.offer);
                })
                .toList();
    }

    /** What a source had described, and when it was first confirmed after that; null for never. */
    private record PastOffer(OfferContent offer, @Nullable Instant firstConfirmedAt) {}

    private Map<Source, PastOffer> pastOffers(Subject subject, Instant at) {
        Map<Source, PastOffer> known = new HashMap<>();
        Timestamp then = Timestamp.from(at);
        jdbc.sql("""
                        SELECT source, offer, first_confirmed_at FROM index_word
                        WHERE subject = :subject AND offer IS NOT NULL AND offer_since <= :then
                        UNION ALL
                        SELECT source, offer, first_confirmed_at FROM index_offer_gone
                        WHERE subject = :subject AND since <= :then AND gone_at > :then""").param("subject", subject.value()).param("then", then).query(rs -> {
            known.put(
                    new Source(rs.getString("source")),
                    new PastOffer(OfferContent.read(rs.getString("offer")), instant(rs, "first_confirmed_at")));
        });
        return known;
    }

    /** Replays the recorded rows in order: each has the effect its delivery had. */
    private Map<Source, SourceStatus> replayedStatuses(
            Subject subject, Instant from, Instant at, Map<Source, PastOffer> known) {
        Map<Source, SourceStatus> statuses = new TreeMap<>();
        jdbc.sql("""
                        SELECT source, kind, fetched_at, trouble, trouble_detail, at FROM index_heard
                        WHERE at > :from AND at <= :at
                        AND (subjects @> ARRAY[:subject]::text[] OR kind IN ('ERASED', 'CONFIRMED') AND subjects = '{}')
                        ORDER BY position""")
                .param("from", Timestamp.from(from))
                .param("at", Timestamp.from(at))
                .param("subject", subject.value())
                .query(rs -> {
                    replay(statuses, rs, known);
                });
        return statuses;
    }

    private static void replay(Map<Source, SourceStatus> statuses, ResultSet rs, Map<Source, PastOffer> known)
            throws SQLException {
        String name = rs.getString("source");
        String kind = rs.getString("kind");
        if (kind.equals("ERASED")) {
            statuses.keySet()
                    .removeIf(source ->
                            name.isEmpty() ? !source.isAgenda() : source.name().equals(name));
            return;
        }
        Source source = new Source(name);
        Instant fetchedAt = Columns.requiredInstant(rs, "fetched_at");
        SourceStatus before = statuses.getOrDefault(source, new SourceStatus(source, null, null, null));
        if (kind.equals("CONFIRMED")) {
            PastOffer of = known.get(source);
            Instant first = of == null ? null : of.firstConfirmedAt;
            Instant heardAt = Columns.requiredInstant(rs, "at");
            if (before.confirmedAt() != null || first != null && !first.isAfter(heardAt)) {
                statuses.put(source, before.confirmed(fetchedAt));
            }
            return;
        }
        statuses.put(
                source,
                kind.equals("COMPLETE")
                        ? before.confirmed(fetchedAt)
                        : before.failed(
                                fetchedAt,
                                new Answer.Trouble(
                                        Answer.Kind.valueOf(rs.getString("trouble")), rs.getString("trouble_detail"))));
    }

    /** What was taken from these deliveries; those that never arrived, or arrived too long ago, are missing. */
    Map<UUID, DeliveryEffect> effectsOf(Collection<UUID> deliveries) {
        Map<UUID, DeliveryEffect> heard = new HashMap<>();
        jdbc.sql("""
                        SELECT delivery, at, unchanged, overtaken, added, removed FROM index_heard
                        WHERE delivery = ANY (:deliveries) ORDER BY position""").param("deliveries", deliveries.toArray(UUID[]::new)).query(rs -> {
            UUID delivery = rs.getObject("delivery", UUID.class);
            DeliveryEffect before = heard.get(delivery);
            heard.put(
                    delivery,
                    new DeliveryEffect(
                            Columns.requiredInstant(rs, "at"),
                            rs.getInt("unchanged"),
                            List.of((String[]) rs.getArray("overtaken").getArray()),
                            rs.getInt("added"),
                            rs.getInt("removed"),
                            before == null ? 1 : before.times() + 1));
        });
        return heard;
    }

    /** The vendors' states, and how long sources were trusted. */
    PastTrust trust(Instant at, FreshnessSettings otherwise) {
        Map<Source, PastTrust.RecordedVendor> vendors = new HashMap<>();
        recordedStates(AnswerInputsJournal.VENDOR, null, at)
                .forEach(then -> vendors.put(
                        new Source(then.who),
                        new PastTrust.RecordedVendor(PastDocument.vendor(then.document), then.since)));
        FreshnessSettings freshness =
                recordedStates(AnswerInputsJournal.FRESHNESS, AnswerInputsJournal.OF_THE_HUB, at).stream()
                        .findFirst()
                        .map(then -> PastDocument.freshness(then.document))
                        .orElse(otherwise);
        return new PastTrust(freshness, vendors);
    }

    /** The notices about the subject's places, and since when; empty if nothing ever changed. */
    Optional<Notices> notices(Subject subject, Instant at) {
        List<RecordedState> then = recordedStates(AnswerInputsJournal.NOTICES, subject.value(), at);
        if (!then.isEmpty()) {
            return Optional.of(new Notices(PastDocument.notices(then.getFirst().document), then.getFirst().since));
        }
        boolean changedSince = jdbc.sql(
                        "SELECT EXISTS (SELECT FROM index_circumstance WHERE what = :what AND who = :who)")
                .param("what", AnswerInputsJournal.NOTICES)
                .param("who", subject.value())
                .query(Boolean.class)
                .single();
        return changedSince ? Optional.of(new Notices(List.of(), null)) : Optional.empty();
    }

    record Notices(List<PlaceNotice> said, @Nullable Instant since) {}

    /** A practitioner's settings at that time, and since when; empty if nothing ever changed. */
    Optional<SettingsThen> settings(Subject practitioner, Instant at) {
        List<RecordedState> then = recordedStates(AnswerInputsJournal.SETTINGS, practitioner.value(), at);
        return then.isEmpty()
                ? first(AnswerInputsJournal.SETTINGS, practitioner)
                        .map(said -> new SettingsThen(
                                PastDocument.settingsChange(said).before(), null))
                : Optional.of(new SettingsThen(
                        PastDocument.settingsChange(then.getFirst().document).after(), then.getFirst().since));
    }

    record SettingsThen(Settings settings, @Nullable Instant since) {}

    /** Whether a structure was a health centre then; empty if that never changed. */
    Optional<Boolean> isCentre(Subject structure, Instant at) {
        List<RecordedState> then = recordedStates(AnswerInputsJournal.CENTRE, structure.value(), at);
        return then.isEmpty()
                ? first(AnswerInputsJournal.CENTRE, structure).map(later -> false)
                : Optional.of(PastDocument.isCentre(then.getFirst().document));
    }

    /** The first recorded value, whenever that was. */
    private Optional<String> first(String what, Subject who) {
        return jdbc.sql("SELECT said FROM index_circumstance WHERE what = :what AND who = :who ORDER BY since LIMIT 1")
                .param("what", what)
                .param("who", who.value())
                .query(String.class)
                .optional();
    }

    /** When the records begin. */
    Optional<Instant> begins() {
        return jdbc.sql("SELECT min(since) FROM index_circumstance WHERE what = :what")
                .param("what", AnswerInputsJournal.FRESHNESS)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    private List<RecordedState> recordedStates(String what, @Nullable String who, Instant at) {
        Timestamp then = Timestamp.from(at);
        return jdbc.sql("""
                        SELECT who, since, said FROM index_circumstance
                        WHERE what = :what AND who = coalesce(:who, who) AND since <= :then AND until > :then
                        ORDER BY since DESC""")
                .param("what", what)
                .param("who", who)
                .param("then", then)
                .query((rs, row) -> new RecordedState(
                        rs.getString("who"), Columns.requiredInstant(rs, "since"), rs.getString("said")))
                .list();
    }
}
