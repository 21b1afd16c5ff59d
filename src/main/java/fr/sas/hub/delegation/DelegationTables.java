package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.slot.PractitionerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of delegations. */
@Repository
class DelegationTables {

    private final JdbcClient jdbc;

    DelegationTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Who changes a practitioner's delegations follow one another until the end of their transactions. */
    void lock(PractitionerId practitioner) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('delegations'), hashtext(?))")
                .param(practitioner.value())
                .query(rs -> {});
    }

    void save(Delegation delegation) {
        jdbc.sql("""
                INSERT INTO delegation_delegation (id, practitioner, email, family, given, town, state, reason, version,
                  requested_at, requested_by, changed_at, changed_by)
                VALUES (:id, :practitioner, :email, :family, :given, :town, :state, :reason, :version, :requestedAt,
                  :requestedBy, :changedAt, :changedBy)
                ON CONFLICT (id) DO UPDATE SET state = excluded.state, reason = excluded.reason,
                  version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by""")
                .param("id", delegation.id())
                .param("practitioner", delegation.practitioner().value())
                .param("email", delegation.delegate().email().value())
                .param("family", delegation.delegate().family())
                .param("given", delegation.delegate().given())
                .param("town", delegation.delegate().town())
                .param("state", delegation.state().name())
                .param("reason", delegation.reason())
                .param("version", delegation.version())
                .param("requestedAt", Timestamp.from(delegation.requested().at()))
                .param("requestedBy", delegation.requested().by())
                .param("changedAt", Timestamp.from(delegation.changed().at()))
                .param("changedBy", delegation.changed().by())
                .update();
    }

    Optional<Delegation> find(PractitionerId practitioner, UUID id) {
        return jdbc.sql("SELECT * FROM delegation_delegation WHERE id = ? AND practitioner = ?")
                .params(id, practitioner.value())
                .query((rs, row) -> delegation(rs))
                .optional();
    }

    /** The one that is asked for or accepted. */
    Optional<Delegation> findOpen(PractitionerId practitioner, EmailAddress delegate) {
        return jdbc.sql("""
                        SELECT * FROM delegation_delegation
                        WHERE practitioner = ? AND email = ? AND state IN ('REQUESTED', 'ACCEPTED')""")
                .params(practitioner.value(), delegate.value())
                .query((rs, row) -> delegation(rs))
                .optional();
    }

    /** The newest first. */
    List<Delegation> of(PractitionerId practitioner) {
        return jdbc.sql("SELECT * FROM delegation_delegation WHERE practitioner = ? ORDER BY id DESC")
                .param(practitioner.value())
                .query((rs, row) -> delegation(rs))
                .list();
    }

    /** The oldest first. @param state null for all; @param delegate null for all; @param after null for the first page */
    List<Delegation> list(
            Delegation.@Nullable State state, @Nullable EmailAddress delegate, @Nullable UUID after, int atMost) {
        return jdbc.sql("""
                        SELECT * FROM delegation_delegation
                        WHERE (CAST(:state AS text) IS NULL OR state = :state)
                        AND (CAST(:email AS text) IS NULL OR email = :email)
                        AND (CAST(:after AS uuid) IS NULL OR id > :after)
                        ORDER BY id LIMIT :atMost""")
                .param("state", state == null ? null : state.name())
                .param("email", delegate == null ? null : delegate.value())
                .param("after", after)
                .param("atMost", atMost)
                .query((rs, row) -> delegation(rs))
                .list();
    }

    void deleteEndedBefore(Instant instant) {
        jdbc.sql("DELETE FROM delegation_delegation WHERE state IN ('REFUSED', 'REVOKED') AND changed_at < ?")
                .param(Timestamp.from(instant))
                .update();
    }

    private static Delegation delegation(ResultSet rs) throws SQLException {
        return new Delegation(
                rs.getObject("id", UUID.class),
                new PractitionerId(rs.getString("practitioner")),
                new Delegation.Delegate(
                        new EmailAddress(rs.getString("email")),
                        rs.getString("family"),
                        rs.getString("given"),
                        rs.getString("town")),
                Delegation.State.valueOf(rs.getString("state")),
                rs.getString("reason"),
                rs.getLong("version"),
                new Delegation.Stamp(rs.getTimestamp("requested_at").toInstant(), rs.getString("requested_by")),
                new Delegation.Stamp(rs.getTimestamp("changed_at").toInstant(), rs.getString("changed_by")));
    }
}
