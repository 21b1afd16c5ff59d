package fr.sas.hub.index.news;

import fr.sas.hub.slot.Subject;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The versions by which readers on any node recognise outdated renderings. */
@Repository
class RenderingVersions {

    private final JdbcClient jdbc;

    RenderingVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Invalidates earlier renderings of these subjects for every reader from the commit on. Versions are microseconds since
     * 1970, or one more than before: so none repeats a version given out by a database that has lost its last commits
     * (docs/decisions/0053).
     */
    void countUp(Collection<? extends Subject> subjects) {
        jdbc.sql("""
                        INSERT INTO index_version
                        SELECT s, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint FROM unnest(:subjects) s ORDER BY s
                        ON CONFLICT (subject) DO UPDATE SET version = greatest(index_version.version + 1, excluded.version)""")
                .param(
                        "subjects",
                        subjects.stream().map(Subject::value).distinct().toArray(String[]::new))
                .update();
    }

    /** Invalidates the renderings of every subject. */
    void beginAnEpoch() {
        jdbc.sql(
                        "UPDATE index_epoch SET epoch = greatest(epoch + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)")
                .update();
    }
}
