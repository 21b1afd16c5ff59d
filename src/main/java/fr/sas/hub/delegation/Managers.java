package fr.sas.hub.delegation;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.history.History;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.TimeOrderedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who manages which facility, as account managers say: several managers each, several facilities each. */
@Service
class Managers {

    private final JdbcClient jdbc;
    private final Directory directory;
    private final History history;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Managers(JdbcClient jdbc, Directory directory, History history, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.directory = directory;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    /** What the history says of a manager. */
    private record Remembered(String manager) {}

    /** @param facility the id under which the directory keeps it */
    boolean isManager(EmailAddress email, StructureId facility) {
        return jdbc.sql("SELECT 1 FROM delegation_manager WHERE email = ? AND facility = ?")
                .params(email.value(), facility.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Of one facility, under whichever of its ids; by name. */
    @Transactional(readOnly = true)
    List<Named> of(StructureId facility) {
        return jdbc.sql("SELECT * FROM delegation_manager WHERE facility = ? ORDER BY family, given, id")
                .param(kept(facility).value())
                .query((rs, row) -> named(rs))
                .list();
    }

    /** The longest named first. @param email null for everybody; @param after null for the first page */
    @Transactional(readOnly = true)
    List<Named> list(@Nullable EmailAddress email, @Nullable UUID after, int atMost) {
        return jdbc.sql("""
                        SELECT * FROM delegation_manager
                        WHERE (CAST(:email AS text) IS NULL OR email = :email)
                        AND (CAST(:after AS uuid) IS NULL OR id > :after)
                        ORDER BY id LIMIT :atMost""")
                .param("email", email == null ? null : email.value())
                .param("after", after)
                .param("atMost", atMost)
                .query((rs, row) -> named(rs))
                .list();
    }

    @Transactional
    Named name(StructureId id, EmailAddress email, String family, String given) {
        StructureId facility = directory
                .facility(id)
                .map(Facility::id)
                .orElseThrow(() -> new NotFound(
                        "The directory knows no facility " + id, "L'annuaire ne connaît pas de structure " + id));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Named named = new Named(
                TimeOrderedIds.next(now),
                facility,
                email,
                family,
                given,
                now,
                Authorship.current().toString());
        int added = jdbc.sql("INSERT INTO delegation_manager VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .params(named.id(), facility.value(), email.value(), family, given, Timestamp.from(now), named.by())
                .update();
        if (added == 0) {
            throw new InvalidInput(
                    "email", "is of somebody who is a manager already", "est celle d'un gestionnaire déjà nommé");
        }
        remember(facility, named.id(), null, email);
        return named;
    }

    /** In force at once. */
    @Transactional
    void remove(StructureId id, UUID manager) {
        StructureId facility = kept(id);
        String email = jdbc.sql("DELETE FROM delegation_manager WHERE id = ? AND facility = ? RETURNING email")
                .params(manager, facility.value())
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NotFound(
                        "Facility " + id + " has no manager " + manager,
                        "La structure " + id + " n'a pas de gestionnaire " + manager));
        remember(facility, manager, new EmailAddress(email), null);
        events.publishEvent(new ActingEnded(new Person(Person.Kind.FACILITY_MANAGER, email), facility));
    }

    private void remember(StructureId facility, UUID id, @Nullable EmailAddress before, @Nullable EmailAddress after) {
        history.keep(
                facility,
                History.Kind.MANAGERS,
                "managers/" + id,
                before == null ? null : new Remembered(before.value()),
                after == null ? null : new Remembered(after.value()));
    }

    private StructureId kept(StructureId id) {
        return directory.facility(id).map(Facility::id).orElse(id);
    }

    private static Named named(ResultSet rs) throws SQLException {
        return new Named(
                rs.getObject("id", UUID.class),
                new StructureId(rs.getString("facility")),
                new EmailAddress(rs.getString("email")),
                rs.getString("family"),
                rs.getString("given"),
                rs.getTimestamp("named_at").toInstant(),
                rs.getString("named_by"));
    }
}
