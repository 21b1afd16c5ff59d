package fr.sas.hub.database;

import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.support.TaskUtils;
import org.springframework.util.ErrorHandler;

/** A job that fails because of the database is retried on its next run and logged in one line; unexpected failures are logged in full. */
public final class JobFailures implements ErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(JobFailures.class);
    private static final String HUB = "fr.sas.hub.";

    @Override
    public void handleError(Throwable failure) {
        if (DatabaseFailure.isIn(failure)) {
            log.warn("{} failed and is retried on its next run: {}", job(failure), DatabaseFailure.reason(failure));
        } else {
            TaskUtils.LOG_AND_SUPPRESS_ERROR_HANDLER.handleError(failure);
        }
    }

    /** The hub's outermost method, which the scheduler called. */
    private static String job(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(HUB)
                        && !frame.getClassName().contains("$$"))
                .reduce((inner, outer) -> outer)
                .map(frame -> frame.getClassName()
                                .substring(frame.getClassName().lastIndexOf('.') + 1) + "." + frame.getMethodName())
                .orElse("A job");
    }
}
