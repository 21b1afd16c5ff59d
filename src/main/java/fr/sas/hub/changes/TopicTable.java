package fr.sas.hub.changes;

import fr.sas.hub.database.Columns;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of Kafka's topic: how far changes are published there, by one node at a time. */
@Repository
class TopicTable {

    /** Whether everything is being published: the position is on its way from nothing, as {@link Position#toString} writes that. */
    private static final String IS_INCOMPLETE = "(topic.position = '0' OR topic.position LIKE '%-0-%')";

    private final JdbcClient jdbc;

    TopicTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How far changes are published.
     *
     * @param position null before the first
     * @param isOfThisRun whether something was published since the server was started
     * @param oversized national ids of the subjects whose last record was too large
     */
    record Topic(@Nullable Position position, @Nullable Instant begun, boolean isOfThisRun, Set<String> oversized) {

        Topic {
            oversized = Set.copyOf(oversized);
        }
    }

    /**
     * Locked until the end of the transaction; empty while another node publishes.
     *
     * @param mostBetweenStatements the server ends the transaction after this time without a statement, such as {@link #keepLock}
     */
    Optional<Topic> lock(Duration mostBetweenStatements) {
        return jdbc.sql("SELECT position, begun, oversized, server_run IS NOT DISTINCT FROM " + ChangesTables.RUN
                        + " AS of_this_run, " + ChangesTables.ENDED_WHEN_IDLE_FOR
                        + " FROM changes_topic FOR UPDATE SKIP LOCKED")
                .param("idleMillis", mostBetweenStatements.toMillis())
                .query((rs, row) -> {
                    String position = rs.getString("position");
                    return new Topic(
                            position == null ? null : Position.parse(position).orElseThrow(),
                            Columns.instant(rs, "begun"),
                            rs.getBoolean("of_this_run"),
                            Set.of((String[]) rs.getArray("oversized").getArray()));
                })
                .optional();
    }

    /** Fails if the server has ended the transaction, and another node may be publishing. */
    void keepLock() {
        jdbc.sql("SELECT 1").query(Integer.class).single();
    }

    /** In the present run of the server. */
    void moveTo(Position position, Instant begun, Set<String> oversized) {
        jdbc.sql("""
                        UPDATE changes_topic SET position = :position, begun = :begun, oversized = :oversized, server_run = %s,
                          beginnings = CASE WHEN :complete THEN 0 ELSE beginnings END,
                          incomplete_since = CASE WHEN :complete THEN NULL ELSE incomplete_since END""".formatted(ChangesTables.RUN))
                .param("position", position.toString())
                .param("begun", Timestamp.from(begun))
                .param("oversized", oversized.toArray(String[]::new))
                .param("complete", !position.isWithoutAll())
                .update();
    }

    /** To publish everything, in the present run of the server. */
    void beginAgain(Instant begun) {
        jdbc.sql("""
                        UPDATE changes_topic topic SET position = :position, begun = :begun, server_run = %1$s,
                          beginnings = CASE WHEN %2$s THEN beginnings + 1 ELSE 1 END,
                          incomplete_since = CASE WHEN %2$s THEN coalesce(incomplete_since, begun) ELSE :begun END""".formatted(ChangesTables.RUN, IS_INCOMPLETE))
                .param("position", Position.NOTHING.toString())
                .param("begun", Timestamp.from(begun))
                .update();
    }

    /**
     * @param behind age of the oldest change that is not published yet; while everything is published, for how long it has not
     *     been complete, however often that began again
     * @param oversized number of subjects whose last record was too large
     * @param beginnings how often publishing everything has begun since it was last complete; 0 when it is
     */
    record TopicStatus(Duration behind, int oversized, int beginnings) {}

    TopicStatus status() {
        return jdbc.sql("""
                        SELECT cardinality(topic.oversized) AS oversized,
                          CASE WHEN %1$s THEN topic.beginnings ELSE 0 END AS beginnings, coalesce((
                            SELECT extract(epoch FROM clock_timestamp() - greatest(next.at,
                              CASE WHEN %1$s THEN coalesce(topic.incomplete_since, topic.begun) ELSE topic.begun END)) * 1000
                            FROM changes_subject next
                            WHERE next.position > coalesce(substring(topic.position FROM '^[0-9]{1,18}')::bigint, 0)
                            ORDER BY next.position LIMIT 1), 0) AS behind
                        FROM changes_topic topic""".formatted(IS_INCOMPLETE))
                .query((rs, row) -> new TopicStatus(
                        Duration.ofMillis(Math.max(0, (long) rs.getDouble("behind"))),
                        rs.getInt("oversized"),
                        rs.getInt("beginnings")))
                .single();
    }
}
