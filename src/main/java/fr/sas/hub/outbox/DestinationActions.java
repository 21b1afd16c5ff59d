package fr.sas.hub.outbox;

import fr.sas.hub.access.Reason;
import fr.sas.hub.database.Columns;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of actions on destinations, limited to what a person can read. */
@Repository
class DestinationActions {

    private static final int KEPT = 500;

    private final JdbcClient jdbc;

    DestinationActions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @return the reason as stored
     * @throws fr.sas.hub.access.InvalidInput when there is none
     */
    String record(
            String destination, String action, @Nullable Long letter, String by, @Nullable String reason, Instant now) {
        String said = Reason.read(reason);
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

    /** Newest first. */
    List<DestinationAction> list(String destination) {
        return jdbc.sql("""
                        SELECT at, action, letter, by_whom, reason FROM outbox_action WHERE destination = :destination
                        ORDER BY id DESC""")
                .param("destination", destination)
                .query((row, i) -> new DestinationAction(
                        Columns.requiredInstant(row, "at"),
                        row.getString("action"),
                        row.getObject("letter", Long.class),
                        row.getString("by_whom"),
                        row.getString("reason")))
                .list();
    }
}
