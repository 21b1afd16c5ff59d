package fr.sas.hub.access;

import fr.sas.hub.database.DatabaseFailure;
import fr.sas.hub.database.DatabaseSilent;
import fr.sas.hub.database.RequestCommits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/** What the caller is told, and operators read in the log, when the database fails in the middle of a request. */
public final class DatabaseOutage {

    private static final Logger log = LoggerFactory.getLogger(DatabaseOutage.class);

    private static final Wording NOTHING_READ = new Wording(
            "The hub's database does not answer; try again in a few seconds",
            "La base de données ne répond pas ; réessayez dans quelques secondes.");

    private static final Wording NOTHING_CHANGED = new Wording(
            "The hub's database is unavailable; nothing was changed. Try again in a few seconds",
            "La base de données ne répond pas ; rien n'a été modifié. Réessayez dans quelques secondes.");

    /** A commit may already have been sent, of this transaction or of one before. */
    private static final Wording IN_DOUBT = new Wording(
            "The hub's database does not answer; the request was most likely not carried out. Try again in a few seconds",
            "La base de données ne répond pas : ce que vous avez demandé n'est sans doute pas enregistré. Réessayez dans quelques secondes.");

    private static final Wording CROWDED = new Wording(
            "Too many requests at once: this one was not processed. Try again in a few seconds",
            "Trop de demandes arrivent en même temps : la vôtre n'a pas été traitée. Réessayez dans quelques secondes.");

    private DatabaseOutage() {}

    /**
     * Logs it in one line, and says when to try again. The status is the caller's to set: 503.
     *
     * @param failure of which {@link DatabaseFailure#isIn} is true
     */
    public static Wording report(HttpServletRequest request, HttpServletResponse response, Throwable failure) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        if (DatabaseFailure.isForWantOfConnection(failure)) {
            log.warn(
                    "{} {} got no connection in time: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    DatabaseFailure.reason(failure));
            return mayHaveChanged(request) ? IN_DOUBT : CROWDED;
        }
        if (!(failure instanceof DatabaseSilent) && !RequestLimit.isOver(request)) { // these are logged elsewhere
            log.error(
                    "{} {} failed with the database: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    DatabaseFailure.reason(failure));
        }
        return !reads(request) && DatabaseFailure.isBeforeAnyStatement(failure) && !mayHaveChanged(request)
                ? NOTHING_CHANGED
                : wording(request);
    }

    private static boolean mayHaveChanged(HttpServletRequest request) {
        return !reads(request) && RequestCommits.happenedIn(request);
    }

    /** For callers who waited for a database that did not answer. */
    static Wording wording(HttpServletRequest request) {
        return reads(request) ? NOTHING_READ : IN_DOUBT;
    }

    /** Whether there is nothing to carry out. */
    public static boolean reads(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                || request.getMethod().equals("HEAD")
                || request.getRequestURI().endsWith("/_search");
    }
}
