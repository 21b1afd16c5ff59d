package fr.sas.hub.vendor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which vendors' files other nodes still have: each node increments a counter for each file it has. Checks are counted
 * rather than clocks compared, and a failed check does not count, so a database outage makes no vendor leave.
 */
class HeldDescriptors {

    private static final int COUNTS_UNTIL_GONE = 6;

    private final JdbcClient jdbc;
    private final int looksUntilGone;
    private final Map<String, MissingDescriptor> missing = new HashMap<>();
    private int looks;

    /** @param looksUntilGone number of checks for which a counter must stay unchanged */
    HeldDescriptors(JdbcClient jdbc, int looksUntilGone) {
        this.jdbc = jdbc;
        this.looksUntilGone = Math.max(2, looksUntilGone);
    }

    private record MissingDescriptor(long held, int looks) {}

    /**
     * Must be called at each check.
     *
     * @param here those whose file this node has
     * @param gone those whose file it has just lost
     * @return those that it never had and that no other node has any longer
     */
    Set<String> noMore(Set<String> here, Set<String> gone) {
        if (looks++ % Math.max(1, looksUntilGone / COUNTS_UNTIL_GONE) == 0) {
            jdbc.sql("UPDATE connector_descriptor SET held = held + 1 WHERE source = ANY (:here)")
                    .param("here", here.toArray(String[]::new))
                    .update();
        }
        Map<String, Long> elsewhere = new HashMap<>();
        jdbc.sql("SELECT source, held FROM connector_descriptor").query(row -> {
            elsewhere.put(row.getString("source"), row.getLong("held"));
        });
        elsewhere.keySet().removeAll(here);
        elsewhere.keySet().removeAll(gone);
        missing.keySet().retainAll(elsewhere.keySet());
        Set<String> nobodys = new HashSet<>();
        elsewhere.forEach((source, held) -> {
            MissingDescriptor before = missing.get(source);
            MissingDescriptor now =
                    new MissingDescriptor(held, before == null || before.held != held ? 1 : before.looks + 1);
            missing.put(source, now);
            if (now.looks > looksUntilGone) {
                nobodys.add(source);
            }
        });
        return nobodys;
    }

    /** Those that were in force at a node's last check. */
    List<String> all() {
        return jdbc.sql("SELECT source FROM connector_descriptor ORDER BY source")
                .query(String.class)
                .list();
    }

    void forget(String source) {
        jdbc.sql("DELETE FROM connector_descriptor WHERE source = :source")
                .param("source", source)
                .update();
        missing.remove(source);
    }
}
