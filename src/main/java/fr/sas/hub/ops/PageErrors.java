package fr.sas.hub.ops;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Wording;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.DisconnectedClientHelper;

/** Errors of the console's pages are shown as pages of the console, not as problems of the API. */
@ControllerAdvice(
        assignableTypes = {
            OverviewPage.class,
            VendorPage.class,
            ReplayPage.class,
            ExplainPage.class,
            OutboxPage.class,
            HelpRequestsPage.class,
            ConsoleAccountsPage.class
        })
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
    Object show(Exception e, Model model, Locale language, @Nullable Principal reader, HttpServletResponse response) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            return new ModelAndView();
        }
        words.add(model, language, reader);
        response.setStatus(status(e).value());
        model.addAttribute("what", what(e));
        model.addAttribute(
                "why",
                switch (status(e)) {
                    case SERVICE_UNAVAILABLE -> "ops.error.gone";
                    case INTERNAL_SERVER_ERROR -> "ops.error.failed";
                    default -> "ops.error.unknown";
                });
        if (status(e) == HttpStatus.INTERNAL_SERVER_ERROR) {
            log.error("A page of the console failed unexpectedly", e);
        }
        return "ops/error";
    }

    private static @Nullable Wording what(Exception e) {
        return e instanceof NotFound missing ? missing.what() : null;
    }

    private static HttpStatus status(Exception e) {
        return switch (e) {
            case NotFound missing -> HttpStatus.NOT_FOUND;
            case MethodArgumentTypeMismatchException malformed -> HttpStatus.NOT_FOUND;
            case DataAccessResourceFailureException gone -> HttpStatus.SERVICE_UNAVAILABLE;
            case CannotCreateTransactionException gone -> HttpStatus.SERVICE_UNAVAILABLE;
            case ErrorResponse known -> HttpStatus.valueOf(known.getStatusCode().value());
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
