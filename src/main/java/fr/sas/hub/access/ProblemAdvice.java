package fr.sas.hub.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every error of {@code /api} as problem+json (RFC 9457) with one entry in {@code errors} per fault; never a stack trace. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ProblemDetail invalid(InvalidInput e) {
        return problem(HttpStatus.UNPROCESSABLE_ENTITY, "Some fields break a rule", e.faults());
    }

    @ExceptionHandler
    ProblemDetail stale(StaleWrite e) {
        return problem(HttpStatus.PRECONDITION_FAILED, e.getMessage(), List.of());
    }

    @ExceptionHandler
    ProblemDetail overtaken(OptimisticLockingFailureException e) {
        return problem(
                HttpStatus.PRECONDITION_FAILED,
                "Somebody changed it at the same moment; read it again before changing it",
                List.of());
    }

    @ExceptionHandler
    ProblemDetail notAllowed(MissingRight e) {
        ProblemDetail problem = problem(HttpStatus.FORBIDDEN, e.getMessage(), List.of());
        problem.setProperty("right", e.right());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail missing(NotFound e) {
        return problem(HttpStatus.NOT_FOUND, e.getMessage(), List.of());
    }

    @ExceptionHandler({DataAccessResourceFailureException.class, CannotCreateTransactionException.class})
    ResponseEntity<ProblemDetail> databaseGone(Exception e) {
        log.error("The database does not answer: {}", e.toString());
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "5")
                .body(problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The hub's database does not answer; nothing was changed. Try again in a few seconds",
                        List.of()));
    }

    @ExceptionHandler
    ProblemDetail unexpected(Exception e) {
        log.error("A request failed in a way nobody foresaw", e);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "The hub failed; the incident is logged", List.of());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (NestedExceptionUtils.getRootCause(e) instanceof BoundedBodies.TooLong tooLong) {
            return ResponseEntity.status(HttpStatus.PAYLOAD_TOO_LARGE)
                    .body(problem(HttpStatus.PAYLOAD_TOO_LARGE, tooLong.getMessage(), List.of()));
        }
        List<InvalidInput.Fault> faults = e.getCause() instanceof JsonMappingException mapping
                ? List.of(new InvalidInput.Fault(pathOf(mapping), whatIsWrong(mapping)))
                : List.of();
        String detail =
                e.getCause() instanceof JsonProcessingException broken && !(broken instanceof JsonMappingException)
                        ? "The body is not valid JSON: " + broken.getOriginalMessage()
                        : "The body cannot be read";
        return ResponseEntity.badRequest().headers(headers).body(problem(HttpStatus.BAD_REQUEST, detail, faults));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<InvalidInput.Fault> faults = e.getFieldErrors().stream()
                .map(error -> new InvalidInput.Fault(error.getField(), String.valueOf(error.getDefaultMessage())))
                .toList();
        return ResponseEntity.unprocessableEntity()
                .headers(headers)
                .body(problem(HttpStatus.UNPROCESSABLE_ENTITY, "Some fields break a rule", faults));
    }

    private static ProblemDetail problem(HttpStatus status, @Nullable String detail, List<InvalidInput.Fault> faults) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(status, detail == null ? status.getReasonPhrase() : detail);
        if (!faults.isEmpty()) {
            problem.setProperty("errors", faults);
        }
        return problem;
    }

    private static String pathOf(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    private static String whatIsWrong(JsonMappingException e) {
        return e instanceof UnrecognizedPropertyException unknown
                ? "There is no field named " + unknown.getPropertyName() + "; known are "
                        + unknown.getKnownPropertyIds()
                : "The value has the wrong form";
    }
}
