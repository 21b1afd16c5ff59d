package fr.sas.hub.lrm;

import fr.sas.hub.database.Columns;
import fr.sas.hub.database.DailyPartitions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** The table of messages. An id contains its day, so that a look-up by id reads a single partition. */
@Repository
class LrmMessages {

    private static final String BY_ID = " WHERE id = :id AND put_at = :putAt";

    private final JdbcClient jdbc;
    private final DailyPartitions days;
    private final LrmSettings settings;
    private final Clock clock;

    LrmMessages(JdbcClient jdbc, DailyPartitions days, LrmSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.days = days;
        this.settings = settings;
        this.clock = clock;
    }

    enum State {
        /** It could not be sent: {@code said} gives the reason. */
        NOT_TOLD,
        WAITING,
        /** The broker confirmed it. */
        PUBLISHED,
        /** The regulators' software accepted it. */
        ACKNOWLEDGED,
        /** The regulators' software, or the Hub Santé, refused it. */
        REFUSED,
        /** It could not be published for too long: published when an operator sends it again. */
        GIVEN_UP,
        /** Never sent: given up, and then replaced by a newer message about the booking. */
        REPLACED,
        /** Never sent: discarded by an operator. */
        DISCARDED;

        /** Whether it was sent, or will be if all goes well. */
        boolean isOnItsWay() {
            return switch (this) {
                case WAITING, PUBLISHED, ACKNOWLEDGED, REFUSED -> true;
                case NOT_TOLD, GIVEN_UP, REPLACED, DISCARDED -> false;
            };
        }
    }

    /**
     * @param said why it was not sent, refused or given up
     * @param operator the person who booked, for a message not sent
     */
    record StoredMessage(
            UUID id,
            Instant putAt,
            UUID appointment,
            @Nullable String recipient,
            String content,
            State state,
            @Nullable Instant publishedAt,
            @Nullable Instant saidAt,
            @Nullable Integer code,
            @Nullable String said,
            @Nullable String operator) {}

    /** Serialises changes of one booking. */
    void lock(UUID appointment) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('lrm ' || :appointment, 0))")
                .param("appointment", appointment.toString())
                .query(row -> {});
    }

    void add(StoredMessage message) {
        jdbc.sql("""
                        INSERT INTO lrm_message (id, put_at, appointment, recipient, content, state, said, operator)
                        VALUES (:id, :putAt, :appointment, :recipient, :content, :state, :said, :operator)""")
                .param("operator", message.operator())
                .param("id", message.id())
                .param("putAt", Timestamp.from(message.putAt()))
                .param("appointment", message.appointment())
                .param("recipient", message.recipient())
                .param("content", message.content())
                .param("state", message.state().name())
                .param("said", message.said())
                .update();
    }

    /** An acknowledgement may arrive before this call. */
    void published(UUID id, Instant now) {
        jdbc.sql("""
                        UPDATE lrm_message SET published_at = coalesce(published_at, :now),
                          state = CASE WHEN state IN ('WAITING', 'GIVEN_UP') THEN 'PUBLISHED' ELSE state END""" + BY_ID)
                .param("now", Timestamp.from(now))
                .param("id", id)
                .param("putAt", putAt(id))
                .update();
    }

    /** @return false when there is no such message, or no longer */
    boolean recordReply(UUID id, State state, @Nullable Integer code, @Nullable String said, Instant now) {
        return jdbc.sql("UPDATE lrm_message SET state = :state, code = :code, said = :said, said_at = :now" + BY_ID)
                        .param("state", state.name())
                        .param("code", code)
                        .param("said", said)
                        .param("now", Timestamp.from(now))
                        .param("id", id)
                        .param("putAt", putAt(id))
                        .update()
                == 1;
    }

    /**
     * Its letter reached a final state, or waits again. A reply from the regulators' software takes precedence.
     *
     * @param said why; null to keep the previous reason
     */
    void ended(UUID id, State state, @Nullable String said) {
        jdbc.sql("UPDATE lrm_message SET state = :state, said = coalesce(:said, said)" + BY_ID
                        + " AND state IN ('WAITING', 'GIVEN_UP')")
                .param("state", state.name())
                .param("said", said)
                .param("id", id)
                .param("putAt", putAt(id))
                .update();
    }

    /** The instant contained in a version 7 UUID, to the millisecond. */
    private static Timestamp putAt(UUID id) {
        return Timestamp.from(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16));
    }

    Optional<StoredMessage> last(UUID appointment) {
        return jdbc.sql(
                        "SELECT * FROM lrm_message WHERE appointment = :appointment ORDER BY put_at DESC, id DESC LIMIT 1")
                .param("appointment", appointment)
                .query(LrmMessages::storedMessage)
                .optional();
    }

    /**
     * Bookings whose last message could not be sent because one of these regulators, or their software, was not known.
     */
    List<UUID> listNotSent(Set<String> operators) {
        return jdbc.sql("""
                        SELECT DISTINCT m.appointment FROM lrm_message m
                        WHERE m.state = 'NOT_TOLD' AND m.operator = ANY (:operators)
                          AND NOT EXISTS (SELECT FROM lrm_message n WHERE n.appointment = m.appointment AND n.put_at > m.put_at)
                        ORDER BY m.appointment""")
                .param("operators", operators.toArray(String[]::new))
                .query(UUID.class)
                .list();
    }

    /** The last one meant to be sent, whatever became of it. */
    Optional<StoredMessage> lastSent(UUID appointment) {
        return jdbc.sql("""
                        SELECT * FROM lrm_message WHERE appointment = :appointment AND state <> 'NOT_TOLD'
                        ORDER BY put_at DESC, id DESC LIMIT 1""")
                .param("appointment", appointment)
                .query(LrmMessages::storedMessage)
                .optional();
    }

    /** Of one booking, oldest first. */
    List<StoredMessage> list(UUID appointment) {
        return jdbc.sql("SELECT * FROM lrm_message WHERE appointment = :appointment ORDER BY put_at, id")
                .param("appointment", appointment)
                .query(LrmMessages::storedMessage)
                .list();
    }

    @Scheduled(fixedDelay = 1, initialDelay = 0, timeUnit = TimeUnit.HOURS)
    void turnThePage() {
        Instant now = clock.instant();
        days.rotate("lrm_message", dayOf(now), dayOf(now.minus(settings.keepMessages())));
    }

    private static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static StoredMessage storedMessage(ResultSet row, int i) throws SQLException {
        return new StoredMessage(
                row.getObject("id", UUID.class),
                Columns.requiredInstant(row, "put_at"),
                row.getObject("appointment", UUID.class),
                row.getString("recipient"),
                row.getString("content"),
                State.valueOf(row.getString("state")),
                Columns.instant(row, "published_at"),
                Columns.instant(row, "said_at"),
                row.getObject("code", Integer.class),
                row.getString("said"),
                row.getString("operator"));
    }
}
