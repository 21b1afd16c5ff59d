package fr.sas.hub.agenda.entry;

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
 * Occurrences are made ahead of the horizon, by some days more than needed, and forgotten when they are over: whatever
 * its age, a weekly entry has a few weeks of them.
 */
@Repository
public class OccurrenceTables {

    /** Nobody's day is further from UTC's. */
    private static final int OTHER_SIDE_OF_THE_WORLD = 1;
    /** What began before and may last still. */
    private static final int BACK = 2 + OTHER_SIDE_OF_THE_WORLD;
    /** Made in one go when some are missing, so that most renewals make none. */
    private static final int MORE = 14;

    private final JdbcClient jdbc;
    private final EntryTables entries;
    private final AgendaSettings settings;

    OccurrenceTables(JdbcClient jdbc, EntryTables entries, AgendaSettings settings) {
        this.jdbc = jdbc;
        this.entries = entries;
        this.settings = settings;
    }

    /** What takes place when. */
    public record Planned(AgendaEntry entry, Occurrence occurrence) {

        /** The name it keeps, however it is changed. */
        public AgendaEntry.Named name() {
            AgendaEntry.Named standsFor = entry.standsFor();
            return standsFor == null ? new AgendaEntry.Named(entry.id(), occurrence.date()) : standsFor;
        }
    }

    private record Made(AgendaEntry entry, Occurrence occurrence) {}

    /** The occurrences of an entry that was just saved, if dated; weekly ones are made by {@link #makeAhead}. */
    public void make(AgendaEntry dated) {
        if (dated.typed().weekly() == null) {
            insert(List.of(new Made(dated, dated.typed().first())));
        }
    }

    /** Makes what is missing up to the horizon, and forgets what is over. The agendas are locked. */
    public void makeAhead(Collection<Subject> subjects, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate needed = LocalDate.ofInstant(
                        now.plus(settings.horizon()).plus(settings.refreshAfter()), ZoneOffset.UTC)
                .plusDays(OTHER_SIDE_OF_THE_WORLD);
        jdbc.sql("DELETE FROM agenda_occurrence WHERE subject = ANY (?) AND end_at < ?")
                .params(values(subjects), Timestamp.from(now.minus(Duration.ofDays(BACK))))
                .update();
        Map<AgendaEntry, LocalDate> madeUntil = new HashMap<>();
        jdbc.sql("SELECT e.made_until, " + EntryRows.COLUMNS + """
                 FROM agenda_entry e WHERE e.subject = ANY (?) AND e.weekdays IS NOT NULL
                AND e.made_until < least(?, coalesce(e.last_date, 'infinity'))""")
                .params(values(subjects), needed)
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
        List<Made> made = new ArrayList<>();
        madeUntil.forEach((entry, until) -> {
            Set<LocalDate> except = exceptions.getOrDefault(entry.id(), Set.of());
            LocalDate from = until.isBefore(first) ? first : until.plusDays(1);
            for (LocalDate day : entry.typed().days(from, last)) {
                if (!except.contains(day)) {
                    made.add(new Made(entry, entry.typed().occurrence(day)));
                }
            }
        });
        insert(made);
        jdbc.sql("UPDATE agenda_entry SET made_until = ? WHERE id = ANY (CAST(? AS uuid[]))")
                .params(last, ids.stream().map(UUID::toString).toArray(String[]::new))
                .update();
    }

    private void insert(List<Made> made) {
        jdbc.sql("""
                INSERT INTO agenda_occurrence (entry, local_date, subject, start_at, end_at)
                SELECT entry, local_date, subject, timestamptz 'epoch' + start_s * interval '1 second',
                       timestamptz 'epoch' + end_s * interval '1 second'
                FROM unnest(CAST(? AS uuid[]), CAST(? AS date[]), ?, ?, ?) AS n (entry, local_date, subject, start_s, end_s)""")
                .params(
                        made.stream().map(one -> one.entry.id().toString()).toArray(String[]::new),
                        made.stream()
                                .map(one -> one.occurrence.date().toString())
                                .toArray(String[]::new),
                        made.stream().map(one -> one.entry.subject().value()).toArray(String[]::new),
                        made.stream()
                                .map(one -> one.occurrence.start().getEpochSecond())
                                .toArray(Long[]::new),
                        made.stream()
                                .map(one -> one.occurrence.end().getEpochSecond())
                                .toArray(Long[]::new))
                .update();
    }

    /** What is not over and begins by the end of the horizon. */
    public List<Planned> planned(Collection<Subject> subjects, Instant now, Instant horizonEnd) {
        return jdbc.sql("SELECT " + EntryRows.COLUMNS + """
                        , o.local_date, o.start_at, o.end_at FROM agenda_occurrence o JOIN agenda_entry e ON e.id = o.entry
                        WHERE o.subject = ANY (?) AND o.end_at > ? AND o.start_at <= ? ORDER BY o.start_at, e.id""")
                .params(values(subjects), Timestamp.from(now), Timestamp.from(horizonEnd))
                .query((rs, row) -> new Planned(
                        EntryRows.entry(rs),
                        new Occurrence(
                                rs.getObject("local_date", LocalDate.class),
                                EntryRows.instant(rs, "start_at"),
                                EntryRows.instant(rs, "end_at"))))
                .list();
    }

    private static String[] values(Collection<? extends Subject> subjects) {
        return subjects.stream().map(Subject::value).toArray(String[]::new);
    }
}
