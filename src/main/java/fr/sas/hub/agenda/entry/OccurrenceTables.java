package fr.sas.hub.agenda.entry;

import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The SQL for occurrences. They are created up to some days beyond the horizon, and deleted when they are over: a
 * weekly entry has a few weeks of them, however old it is.
 */
@Repository
public class OccurrenceTables {

    /** The most days by which a local date can differ from the date in UTC. */
    private static final int OTHER_SIDE_OF_THE_WORLD = 1;
    /** Days ago that something still in progress may have begun. */
    private static final int BACK = 2 + OTHER_SIDE_OF_THE_WORLD;
    /** Days created in addition whenever some are missing, so that most renewals create none. */
    private static final int MORE = 14;

    private final JdbcClient jdbc;
    private final EntryTables entries;
    private final AgendaSettings settings;

    OccurrenceTables(JdbcClient jdbc, EntryTables entries, AgendaSettings settings) {
        this.jdbc = jdbc;
        this.entries = entries;
        this.settings = settings;
    }

    /** An occurrence, and the entry that describes it. */
    public record PlannedOccurrence(AgendaEntry entry, Occurrence occurrence) {

        /** The name that it keeps however it is changed. */
        public AgendaEntry.OccurrenceName name() {
            AgendaEntry.OccurrenceName standsFor = entry.standsFor();
            return standsFor == null ? new AgendaEntry.OccurrenceName(entry.id(), occurrence.date()) : standsFor;
        }
    }

    private record NewOccurrence(AgendaEntry entry, Occurrence occurrence) {}

    /** Creates the occurrence of a dated entry just saved; those of weekly ones are created by {@link #makeAhead}. */
    public void make(AgendaEntry dated) {
        if (dated.typed().weekly() == null) {
            insert(List.of(new NewOccurrence(dated, dated.typed().first())));
        }
    }

    /** Creates what is missing up to the horizon, and deletes what is over. The agendas must be locked. */
    public void makeAhead(Collection<Subject> subjects, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate needed = LocalDate.ofInstant(
                        now.plus(settings.horizon()).plus(settings.refreshAfter()), ZoneOffset.UTC)
                .plusDays(OTHER_SIDE_OF_THE_WORLD);
        jdbc.sql("DELETE FROM agenda_occurrence WHERE subject = ANY (:subjects) AND end_at < :from")
                .param("subjects", values(subjects))
                .param("from", Timestamp.from(now.minus(Duration.ofDays(BACK))))
                .update();
        Map<AgendaEntry, LocalDate> madeUntil = new HashMap<>();
        jdbc.sql("SELECT e.made_until, " + EntryRows.COLUMNS + """
                 FROM agenda_entry e WHERE e.subject = ANY (:subjects) AND e.weekdays IS NOT NULL
                AND e.made_until < least(:needed, coalesce(e.last_date, 'infinity'))""")
                .param("subjects", values(subjects))
                .param("needed", needed)
                .query(rs -> {
                    LocalDate until = rs.getObject("made_until", LocalDate.class);
                    madeUntil.put(EntryRows.entry(rs), until);
                });
        if (madeUntil.isEmpty()) {
            return;
        }
        LocalDate first = today.minusDays(BACK);
        LocalDate last = needed.plusDays(MORE);
        List<UUID> ids = madeUntil.keySet().stream().map(AgendaEntry::id).toList();
        Map<UUID, Set<LocalDate>> exceptions = entries.exceptions(ids, first, last);
        List<NewOccurrence> made = new ArrayList<>();
        madeUntil.forEach((entry, until) -> {
            Set<LocalDate> except = exceptions.getOrDefault(entry.id(), Set.of());
            LocalDate from = until.isBefore(first) ? first : until.plusDays(1);
            for (LocalDate day : entry.typed().days(from, last)) {
                if (!except.contains(day)) {
                    made.add(new NewOccurrence(entry, entry.typed().occurrence(day)));
                }
            }
        });
        insert(made);
        jdbc.sql("UPDATE agenda_entry SET made_until = :last WHERE id = ANY (CAST(:ids AS uuid[]))")
                .param("last", last)
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .update();
    }

    private void insert(List<NewOccurrence> made) {
        jdbc.sql("""
                INSERT INTO agenda_occurrence (entry, local_date, subject, start_at, end_at)
                SELECT entry, local_date, subject, timestamptz 'epoch' + start_s * interval '1 second',
                       timestamptz 'epoch' + end_s * interval '1 second'
                FROM unnest(CAST(:entries AS uuid[]), CAST(:dates AS date[]), :subjects, :starts, :ends)
                  AS n (entry, local_date, subject, start_s, end_s)""")
                .param(
                        "entries",
                        made.stream().map(one -> one.entry.id().toString()).toArray(String[]::new))
                .param(
                        "dates",
                        made.stream()
                                .map(one -> one.occurrence.date().toString())
                                .toArray(String[]::new))
                .param(
                        "subjects",
                        made.stream().map(one -> one.entry.subject().value()).toArray(String[]::new))
                .param(
                        "starts",
                        made.stream()
                                .map(one -> one.occurrence.start().getEpochSecond())
                                .toArray(Long[]::new))
                .param(
                        "ends",
                        made.stream()
                                .map(one -> one.occurrence.end().getEpochSecond())
                                .toArray(Long[]::new))
                .update();
    }

    /** Occurrences that are not over and begin by the end of the horizon. */
    public List<PlannedOccurrence> planned(Collection<Subject> subjects, Instant now, Instant horizonEnd) {
        return jdbc.sql("SELECT " + EntryRows.COLUMNS + """
                        , o.local_date, o.start_at, o.end_at FROM agenda_occurrence o JOIN agenda_entry e ON e.id = o.entry
                        WHERE o.subject = ANY (:subjects) AND o.end_at > :now AND o.start_at <= :horizonEnd ORDER BY o.start_at, e.id""")
                .param("subjects", values(subjects))
                .param("now", Timestamp.from(now))
                .param("horizonEnd", Timestamp.from(horizonEnd))
                .query((rs, row) -> new PlannedOccurrence(
                        EntryRows.entry(rs),
                        new Occurrence(
                                rs.getObject("local_date", LocalDate.class),
                                Columns.requiredInstant(rs, "start_at"),
                                Columns.requiredInstant(rs, "end_at"))))
                .list();
    }

    private static String[] values(Collection<? extends Subject> subjects) {
        return subjects.stream().map(Subject::value).toArray(String[]::new);
    }
}
