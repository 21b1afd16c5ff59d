package fr.sas.hub.appointment;

import fr.sas.hub.appointment.Appointment.Declared;
import fr.sas.hub.appointment.Appointment.Identifier;
import fr.sas.hub.appointment.Appointment.Status;
import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of appointments. */
@Repository
class AppointmentTables {

    /** First key of the advisory locks that serialize declarations of one appointment. */
    private static final int LOCK = 0x5A7;

    private final JdbcClient jdbc;

    AppointmentTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks this appointment, known or not, until the end of the transaction. */
    void lock(AppointmentOwner owner, Identifier identifier) {
        jdbc.sql("SELECT pg_advisory_xact_lock(:lock, hashtext(:key))")
                .param("lock", LOCK)
                .param("key", owner.key() + ' ' + identifier.system() + ' ' + identifier.value())
                .query(rs -> {});
    }

    Optional<Appointment> find(AppointmentOwner owner, Identifier identifier) {
        return jdbc.sql("SELECT * FROM appointment WHERE owner = :key AND system = :system AND value = :identifier")
                .param("key", owner.key())
                .param("system", identifier.system())
                .param("identifier", identifier.value())
                .query((rs, row) -> appointment(rs))
                .optional();
    }

    Optional<Appointment> find(UUID id) {
        return jdbc.sql("SELECT * FROM appointment WHERE id = :id")
                .param("id", id)
                .query((rs, row) -> appointment(rs))
                .optional();
    }

    /** By start. @param until exclusive */
    List<Appointment> list(Subject subject, Instant from, Instant until) {
        return jdbc.sql("""
                        SELECT * FROM appointment WHERE subject = :subject AND start_at >= :from AND start_at < :until
                        ORDER BY start_at, end_at, id""")
                .param("subject", subject.value())
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .query((rs, row) -> appointment(rs))
                .list();
    }

    void save(Appointment appointment) {
        Declared said = appointment.said();
        AppointmentOperator operator = said.operator();
        Source vendor = appointment.owner().vendor();
        StructureId structure = said.structure();
        jdbc.sql("""
                INSERT INTO appointment (id, owner, client, vendor, system, value, status, subject, confirmed,
                  operator_system, operator_value, operator_type, slots, structure, start_at, end_at, declared_at, dated,
                  about, version, created_at, changed_at)
                VALUES (:id, :owner, :client, :vendor, :system, :value, :status, :subject, :confirmed,
                  :operatorSystem, :operatorValue, :operatorType, :slots, :structure, :start, :end, :declared, :dated,
                  CAST(:about AS jsonb), :version, :created, :changed)
                ON CONFLICT (id) DO UPDATE SET client = excluded.client, status = excluded.status,
                  subject = excluded.subject, confirmed = excluded.confirmed, operator_system = excluded.operator_system,
                  operator_value = excluded.operator_value, operator_type = excluded.operator_type,
                  slots = excluded.slots, structure = excluded.structure, start_at = excluded.start_at,
                  end_at = excluded.end_at, declared_at = excluded.declared_at, dated = excluded.dated,
                  about = excluded.about, version = excluded.version, changed_at = excluded.changed_at""")
                .param("id", appointment.id())
                .param("owner", appointment.owner().key())
                .param("client", appointment.owner().client())
                .param("vendor", vendor == null ? null : vendor.name())
                .param("system", appointment.identifier().system())
                .param("value", appointment.identifier().value())
                .param("status", said.status().name())
                .param("subject", said.with().value())
                .param("confirmed", said.confirmed())
                .param("operatorSystem", operator == null ? null : operator.system())
                .param("operatorValue", operator == null ? null : operator.value())
                .param("operatorType", operator == null ? null : operator.type())
                .param("slots", said.slots().toArray(String[]::new))
                .param("structure", structure == null ? null : structure.value())
                .param("start", Timestamp.from(said.start()))
                .param("end", Timestamp.from(said.end()))
                .param("declared", Timestamp.from(appointment.declared()))
                .param("dated", appointment.dated())
                .param("about", StoredSlotDetails.write(appointment.about()))
                .param("version", appointment.version())
                .param("created", Timestamp.from(appointment.createdAt()))
                .param("changed", Timestamp.from(appointment.changedAt()))
                .update();
    }

    /** Deletes some of those that had ended by then; false if no more remain. */
    boolean sweepSomeEndedBy(Instant instant, int atMost) {
        return jdbc.sql("""
                        DELETE FROM appointment WHERE id IN
                        (SELECT id FROM appointment WHERE end_at <= :instant ORDER BY end_at LIMIT :atMost
                          FOR UPDATE SKIP LOCKED)""")
                        .param("instant", Timestamp.from(instant))
                        .param("atMost", atMost)
                        .update()
                > 0;
    }

    private static Appointment appointment(ResultSet rs) throws SQLException {
        Subject subject = Subject.ofNational(rs.getString("subject")).orElseThrow();
        String vendor = rs.getString("vendor");
        String operator = rs.getString("operator_system");
        String structure = rs.getString("structure");
        return new Appointment(
                rs.getObject("id", UUID.class),
                new AppointmentOwner(rs.getString("client"), vendor == null ? null : new Source(vendor)),
                new Identifier(rs.getString("system"), rs.getString("value")),
                new Declared(
                        Status.valueOf(rs.getString("status")),
                        subject,
                        rs.getBoolean("confirmed"),
                        operator == null
                                ? null
                                : new AppointmentOperator(
                                        operator, rs.getString("operator_value"), rs.getString("operator_type")),
                        List.of((String[]) rs.getArray("slots").getArray()),
                        structure == null ? null : new StructureId(structure),
                        Columns.requiredInstant(rs, "start_at"),
                        Columns.requiredInstant(rs, "end_at")),
                Columns.requiredInstant(rs, "declared_at"),
                rs.getBoolean("dated"),
                StoredSlotDetails.read(rs.getString("about"), subject),
                rs.getLong("version"),
                Columns.requiredInstant(rs, "created_at"),
                Columns.requiredInstant(rs, "changed_at"));
    }
}
