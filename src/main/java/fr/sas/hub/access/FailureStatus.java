package fr.sas.hub.access;

import fr.sas.hub.database.DatabaseFailure;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.multipart.MultipartException;

/**
 * The status with which pages answer an exception, those for people and those of the console alike: 500 only for unexpected
 * ones. {@link ProblemAdvice} answers machines.
 */
public final class FailureStatus {

    private FailureStatus() {}

    public static HttpStatus of(Exception e) {
        if (DatabaseFailure.isIn(e)) {
            return HttpStatus.SERVICE_UNAVAILABLE;
        }
        return switch (e) {
            case TypeMismatchException malformed -> HttpStatus.BAD_REQUEST;
            case NotFound nothing -> HttpStatus.NOT_FOUND;
            case TooOften many -> HttpStatus.TOO_MANY_REQUESTS;
            case MissingRight closed -> HttpStatus.NOT_FOUND;
            case InvalidInput wrong -> HttpStatus.UNPROCESSABLE_ENTITY;
            case StaleWrite overtaken -> HttpStatus.CONFLICT;
            case ConcurrencyFailureException overtaken -> HttpStatus.CONFLICT;
            case ErrorResponse known -> HttpStatus.valueOf(known.getStatusCode().value());
            case MultipartException malformed -> HttpStatus.BAD_REQUEST;
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
