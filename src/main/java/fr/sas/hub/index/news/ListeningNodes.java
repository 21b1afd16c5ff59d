package fr.sas.hub.index.news;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * How the nodes on this database learn of each other's changes ({@code hub.news}): each holds a lock in the session in which
 * it listens, for as long as it does; a node that listens without it is of a release that only knew PostgreSQL. While there
 * are nodes of both kinds, changes are reported in both ways, and no node trusts its memory.
 */
final class ListeningNodes {

    enum NewsChannel {
        POSTGRESQL(0),
        KAFKA(1);

        /** The second half of the lock's key. */
        private final int key;

        NewsChannel(int key) {
            this.key = key;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(ListeningNodes.class);
    private static final int LOCK = 780_078;

    private static final String SEEN = """
            WITH locks AS (SELECT pid, objid::bigint AS heard_by FROM pg_locks
              WHERE locktype = 'advisory' AND classid::bigint = :lock AND objsubid = 2
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())),
            earlier AS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND query = :listen
              AND pid NOT IN (SELECT pid FROM locks))
            """;

    private static final String OTHERS = SEEN + """
            SELECT EXISTS (SELECT FROM locks WHERE heard_by <> :by) AS configured,
              EXISTS (SELECT FROM earlier) AS earlier""";

    private static final String COUNT =
            SEEN + "SELECT (SELECT count(*) FROM locks) + (SELECT count(*) FROM earlier) AS nodes";

    private final NewsChannel channel;
    private final Duration validFor;
    /** By {@link System#nanoTime}; null when others were seen last, and while this node does not listen. */
    private volatile @Nullable Long seenAlikeAt;

    /** @param lookEvery how often a session looks, at least */
    ListeningNodes(NewsChannel channel, Duration lookEvery) {
        this.channel = channel;
        this.validFor = lookEvery.multipliedBy(2);
    }

    /**
     * Whether there may be nodes that receive news in another way, and trust their memory: unless this node has just seen
     * that there are none, and is itself seen by any that joins.
     */
    boolean mayDiffer() {
        Long at = seenAlikeAt;
        return at == null || System.nanoTime() - at >= validFor.toNanos();
    }

    /** All that listen on this database. */
    static int count(JdbcClient jdbc) {
        return jdbc.sql(COUNT)
                .param("lock", LOCK)
                .param("listen", ListenedNews.LISTEN)
                .query(Integer.class)
                .single();
    }

    /** This session listens until it ends. */
    Session joinedBy(Connection connection) {
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        jdbc.sql("SELECT pg_advisory_lock_shared(:lock, :by)")
                .param("lock", LOCK)
                .param("by", channel.key)
                .query(rs -> {});
        return new Session(jdbc);
    }

    /**
     * @param configured with the other value of {@code hub.news}
     * @param earlier of a release that listens at the database and does not say so
     */
    private record OtherNodes(boolean configured, boolean earlier) {}

    /** From when a node joins until its connection is lost. Used by one thread. */
    final class Session implements AutoCloseable {

        private final JdbcClient jdbc;
        private final long joinedAt = System.nanoTime();
        private boolean hasMetOthers;
        private boolean isAlike;
        private boolean isTrusted;
        /** By {@link System#nanoTime}: when a node of an earlier release was found where just before there had been none. */
        private @Nullable Long foundEarlierAt;

        private Session(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        /** To be called before reading news. */
        void refresh() {
            long asked = System.nanoTime();
            OtherNodes seen = jdbc.sql(OTHERS)
                    .param("lock", LOCK)
                    .param("by", channel.key)
                    .param("listen", ListenedNews.LISTEN)
                    .query((row, i) -> new OtherNodes(row.getBoolean("configured"), row.getBoolean("earlier")))
                    .single();
            boolean earlier = seen.earlier && channel != NewsChannel.POSTGRESQL;
            boolean others = seen.configured || earlier;
            if (earlier && seenAlikeAt != null) {
                foundEarlierAt = asked;
            }
            seenAlikeAt = others ? null : asked;
            if (others && !hasMetOthers) {
                log.warn(
                        "Other nodes on this database have another hub.news than this one, {}{}: until all have the"
                                + " same, everything is read from the database",
                        channel,
                        earlier ? ", or an earlier release" : "");
            }
            hasMetOthers |= others;
            // others that ended without noticing may still tell in their own way alone, if they last looked before this
            // one joined
            isAlike = !others && (!hasMetOthers || isOld());
        }

        /**
         * Whether a node of an earlier release may lack what this one reported until it noticed that node: such a node does
         * not look for others when it joins. Ends once every transaction of that time has.
         */
        boolean mayHaveLeftOneUntold() {
            Long at = foundEarlierAt;
            return at != null && System.nanoTime() - at < validFor.toNanos();
        }

        private boolean isOld() {
            return System.nanoTime() - joinedAt >= validFor.toNanos();
        }

        /**
         * Whether there may be nodes that have not noticed this one and report changes only in another way, although none can
         * be seen: the database may have lost the session of a node that has not noticed yet. Ends once each of them would
         * have looked since this node joined.
         */
        boolean mayHaveUnseen() {
            return !isOld();
        }

        /** Everything committed before this instant has been received: the listener may rely on it, unless others were seen. */
        void upTo(Instant at, NewsLine.Listener listener) {
            if (!isAlike) {
                listener.doubts();
            } else if (isTrusted) {
                listener.isUpToDate(at);
            } else {
                listener.begins(at);
            }
            isTrusted = isAlike;
        }

        /** Something may have been missed. */
        void beginAgain() {
            isTrusted = false;
        }

        /** Called before its connection is closed: from then on no other node sees this one. */
        @Override
        public void close() {
            seenAlikeAt = null;
        }
    }
}
