package fr.sas.hub.outbox;

import fr.sas.hub.access.InvalidInput;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of what was done about destinations; as long as what a person reads. */
@Repository
class Actions {

    private static final int KEPT = 500;
    private static final int SHORTEST_REASON = 3;
    private static final int LONGEST_REASON = 500;

    private final JdbcClient jdbc;

    Actions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @return the reason as it is kept
     * @throws InvalidInput when there is none
     */
    String record(
            String destination, String action, @Nullable Long letter, String by, @Nullable String reason, Instant now) {
        String said = reason == null ? "" : reason.strip();
        if (said.length() < SHORTEST_REASON || said.length() > LONGEST_REASON) {
            throw new InvalidInput(
                    "reason",
                    "says why, in " + SHORTEST_REASON + " to " + LONGEST_REASON + " characters",
                    "dit pourquoi, en " + SHORTEST_REASON + " à " + LONGEST_REASON + " caractères");
        }
        jdbc.sql("""
                        INSERT INTO outbox_action (at, destination, action, letter, by_whom, reason)
                        VALUES (:at, :destination, :action, :letter, :by, :reason)""")
                .param("at", Timestamp.from(now))
                .param("destination", destination)
                .param("action", action)
                .param("letter", letter)
                .param("by", by)
                .param("reason", said)
                .update();
        jdbc.sql("""
                        DELETE FROM outbox_action WHERE destination = :destination AND id <
                          (SELECT id FROM outbox_action WHERE destination = :destination ORDER BY id DESC OFFSET :kept LIMIT 1)""").param("destination", destination).param("kept", KEPT - 1).update();
        return said;
    }

    /** The newest first. */
    List<Action> list(String destination) {
        return jdbc.sql(
                        "SELECT at, action, letter, by_whom, reason FROM outbox_action WHERE destination = ? ORDER BY id DESC")
                .param(destination)
                .query((row, i) -> new Action(
                        row.getTimestamp("at").toInstant(),
                        row.getString("action"),
                        row.getObject("letter", Long.class),
                        row.getString("by_whom"),
                        row.getString("reason")))
                .list();
    }
}
