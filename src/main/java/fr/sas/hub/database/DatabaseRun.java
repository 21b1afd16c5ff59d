package fr.sas.hub.database;

/**
 * Which database this is, in which run of its server. A copy, a standby that has taken over and a restored backup are
 * others than the database they come from; so is this one after its server was started again, because nobody can tell whether
 * its files are still the ones that it ended with.
 */
public final class DatabaseRun {

    /** An SQL expression; its value has no blanks. */
    public static final String NAME =
            "(SELECT oid || '@' || (extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint"
                    + " FROM pg_database WHERE datname = current_database())";

    private DatabaseRun() {}
}
