package fr.sas.hub.ops;

import fr.sas.hub.access.DatabaseOutage;
import fr.sas.hub.access.FailureStatus;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Wording;
import fr.sas.hub.database.DatabaseFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.DisconnectedClientHelper;

/** Errors of the console's pages are shown as pages of the console, not as problems of the API. */
@ControllerAdvice(basePackageClasses = PageErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageErrors {

    private static final Logger log = LoggerFactory.getLogger(PageErrors.class);

    private final PageWords words;

    PageErrors(PageWords words) {
        this.words = words;
    }

    /**
     * The error page, or nothing if the reader has disconnected: there is nobody to show it to, and nothing for
     * operators to do.
     */
    @ExceptionHandler
    Object show(
            Exception e,
            Model model,
            Locale language,
            @Nullable Principal reader,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            return new ModelAndView();
        }
        words.add(model, language, reader);
        HttpStatus status = status(e);
        response.setStatus(status.value());
        model.addAttribute("what", what(e));
        model.addAttribute(
                "why",
                switch (status) {
                    case SERVICE_UNAVAILABLE -> unavailable(e, request);
                    case CONFLICT -> "ops.error.overtaken";
                    case INTERNAL_SERVER_ERROR -> "ops.error.failed";
                    default -> "ops.error.unknown";
                });
        if (status == HttpStatus.INTERNAL_SERVER_ERROR) {
            log.error("A page of the console failed unexpectedly", e);
        } else if (DatabaseFailure.isIn(e)) {
            DatabaseOutage.report(request, response, e);
        }
        return "ops/error";
    }

    private static String unavailable(Exception e, HttpServletRequest request) {
        if (DatabaseFailure.isForWantOfConnection(e)) {
            return "ops.error.crowded";
        }
        return DatabaseOutage.reads(request) ? "ops.error.gone" : "ops.error.doubtful";
    }

    private static @Nullable Wording what(Exception e) {
        return switch (e) {
            case NotFound missing -> missing.what();
            case InvalidInput wrong -> wrong.faults().getFirst().rule();
            default -> null;
        };
    }

    /** What is malformed in an address of the console names nothing. */
    private static HttpStatus status(Exception e) {
        return e instanceof MethodArgumentTypeMismatchException ? HttpStatus.NOT_FOUND : FailureStatus.of(e);
    }
}
