package fr.sas.hub.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import fr.sas.hub.database.DatabaseFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Renders every error under {@code /api} as problem+json (RFC 9457) with one entry in {@code errors} per fault; never a
 * stack trace.
 */
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Wording BROKEN_RULES =
            new Wording("Some fields break a rule", "Certains champs sont à corriger.");
    private static final Wording UNKNOWN =
            new Wording("A parameter is not known here", "Un paramètre n'est pas connu ici.");
    private static final Wording WRONG_FORM =
            new Wording("The value has the wrong format", "Cette valeur n'a pas la bonne forme.");
    private static final Wording MISSING = new Wording("is needed", "Cette indication est nécessaire.");

    @ExceptionHandler
    ProblemDetail invalid(InvalidInput e) {
        return problem(HttpStatus.UNPROCESSABLE_ENTITY, BROKEN_RULES, e.faults());
    }

    @ExceptionHandler
    ProblemDetail unknown(KnownParameters.Unknown e) {
        return problem(HttpStatus.BAD_REQUEST, UNKNOWN, List.of(e.fault()));
    }

    @ExceptionHandler
    ProblemDetail stale(StaleWrite e) {
        return problem(HttpStatus.PRECONDITION_FAILED, e.what(), List.of());
    }

    @ExceptionHandler
    ProblemDetail overtaken(OptimisticLockingFailureException e) {
        return problem(
                HttpStatus.PRECONDITION_FAILED,
                new Wording(
                        "It was changed by someone else at the same moment; read it again before changing it",
                        "Quelqu'un l'a modifiée au même moment ; relisez-la avant de la modifier."),
                List.of());
    }

    @ExceptionHandler
    ProblemDetail notAllowed(MissingRight e) {
        HttpStatus status = e instanceof MissingRight.Elsewhere ? HttpStatus.NOT_FOUND : HttpStatus.FORBIDDEN;
        ProblemDetail problem = problem(status, e.what(), List.of());
        problem.setProperty("right", e.right());
        return problem;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooOften(TooOften e) {
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(e.retryAfter()))
                .body(problem(HttpStatus.TOO_MANY_REQUESTS, e.rule(), List.of()));
    }

    @ExceptionHandler
    ProblemDetail missing(NotFound e) {
        return problem(HttpStatus.NOT_FOUND, e.what(), List.of());
    }

    /** When the client has disconnected, there is no one to answer and nothing for operators to do. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemDetail> unexpected(Exception e, HttpServletRequest request, HttpServletResponse response) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            return null;
        }
        if (RequestLimit.isOver(request)) {
            return overtime(request);
        }
        if (DatabaseFailure.isIn(e)) {
            Wording wording = DatabaseOutage.report(request, response, e);
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .body(problem(HttpStatus.SERVICE_UNAVAILABLE, wording, List.of()));
        }
        log.error("A request failed unexpectedly", e);
        return ResponseEntity.internalServerError()
                .body(problem(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        new Wording(
                                "The hub failed; the incident is logged",
                                "Le service a échoué ; l'incident est consigné."),
                        List.of()));
    }

    private static ResponseEntity<ProblemDetail> overtime(HttpServletRequest request) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "5")
                .body(problem(HttpStatus.SERVICE_UNAVAILABLE, RequestLimit.rule(request), List.of()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (NestedExceptionUtils.getRootCause(e) instanceof BoundedBodies.TooLong) {
            return ResponseEntity.status(HttpStatus.PAYLOAD_TOO_LARGE)
                    .body(problem(HttpStatus.PAYLOAD_TOO_LARGE, BoundedBodies.RULE, List.of()));
        }
        List<InvalidInput.Fault> faults = e.getCause() instanceof JsonMappingException mapping
                ? List.of(new InvalidInput.Fault(pathOf(mapping), whatIsWrong(mapping)))
                : List.of();
        Wording detail =
                e.getCause() instanceof JsonProcessingException broken && !(broken instanceof JsonMappingException)
                        ? new Wording(
                                "The body is not valid JSON: " + broken.getOriginalMessage(),
                                "La requête n'est pas du JSON valide.")
                        : new Wording("The body cannot be read", "La requête ne peut pas être lue.");
        return ResponseEntity.badRequest().headers(headers).body(problem(HttpStatus.BAD_REQUEST, detail, faults));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        addErrors(e.getBody(), new InvalidInput.Fault(e.getParameterName(), MISSING));
        return super.handleMissingServletRequestParameter(e, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ResponseEntity<Object> answer = super.handleTypeMismatch(e, headers, status, request);
        if (answer != null && answer.getBody() instanceof ProblemDetail problem && e.getPropertyName() != null) {
            addErrors(problem, new InvalidInput.Fault(e.getPropertyName(), WRONG_FORM));
        }
        return answer;
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            problem.setTitle(StatusTitles.of(status).in(LocaleContextHolder.getLocale()));
        }
        return super.createResponseEntity(body, headers, status, request);
    }

    private static ProblemDetail problem(HttpStatus status, Wording detail, List<InvalidInput.Fault> faults) {
        Locale language = LocaleContextHolder.getLocale();
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail.in(language));
        problem.setTitle(StatusTitles.of(status).in(language));
        if (!faults.isEmpty()) {
            addErrors(problem, faults.toArray(InvalidInput.Fault[]::new));
        }
        return problem;
    }

    private static void addErrors(ProblemDetail problem, InvalidInput.Fault... faults) {
        Locale language = LocaleContextHolder.getLocale();
        problem.setProperty(
                "errors",
                Arrays.stream(faults)
                        .map(fault -> new Error(fault.field(), fault.rule().in(language)))
                        .toList());
    }

    /** A fault as serialised. */
    private record Error(String field, String message) {}

    private static String pathOf(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    private static Wording whatIsWrong(JsonMappingException e) {
        if (e instanceof StorableRequests.Unstorable) {
            return StorableRequests.RULE;
        }
        return e instanceof UnrecognizedPropertyException unknown
                ? new Wording(
                        "There is no field named " + unknown.getPropertyName() + "; known are "
                                + unknown.getKnownPropertyIds(),
                        "Ce champ n'existe pas : vérifiez son nom.")
                : WRONG_FORM;
    }
}
