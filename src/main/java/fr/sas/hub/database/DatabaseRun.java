package fr.sas.hub.database;

/**
 * Which database this is, in which run of its server. A copy, a standby that has taken over and a restored backup differ from
 * the database they come from; so does the same database once its server was restarted, because its files may have been
 * replaced in between.
 */
public final class DatabaseRun {

    /** An SQL expression; its value has no blanks. */
    public static final String NAME =
            "(SELECT oid || '@' || (extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint"
                    + " FROM pg_database WHERE datname = current_database())";

    private DatabaseRun() {}
}
