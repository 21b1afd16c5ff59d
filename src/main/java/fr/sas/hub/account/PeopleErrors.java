package fr.sas.hub.account;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.MissingRight;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.RequestLimit;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.access.TooOften;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorViewResolver;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * What goes wrong at an address of people's pages is said on a page of theirs, with a way on, never as a problem of the API;
 * and so is whatever else would get a browser a page that the server makes up.
 */
@Component
class PeopleErrors implements HandlerExceptionResolver, ErrorViewResolver, Ordered {

    private static final Logger log = LoggerFactory.getLogger(PeopleErrors.class);
    private static final String SIGNED_IN = PeopleErrors.class.getName();

    /** Before those who answer machines. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    /** What a page, or the search for one, failed with. */
    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        if (!PageDoors.isOfPages(request)) {
            return null;
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            return new ModelAndView();
        }
        HttpStatus status = RequestLimit.isOver(request) ? HttpStatus.SERVICE_UNAVAILABLE : status(e);
        if (status == HttpStatus.INTERNAL_SERVER_ERROR) {
            log.error("A page failed in a way nobody foresaw", e);
        }
        response.setStatus(status.value());
        return page(request, status, isSignedIn());
    }

    /** What a door, a firewall or the server refused. */
    @Override
    public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> told) {
        return page(request, status, request.getAttribute(SIGNED_IN) != null);
    }

    /** Whatever a browser's script says it accepts: at an address of pages errors are pages too. */
    @Bean
    static FilterRegistrationBean<Filter> errorsOfPagesArePages() {
        var filter = new FilterRegistrationBean<Filter>((request, response, chain) -> chain.doFilter(
                request instanceof HttpServletRequest of
                                && of.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String address
                                && PageDoors.isOfPages(address)
                        ? new AskingForAPage(of)
                        : request,
                response));
        filter.setDispatcherTypes(DispatcherType.ERROR);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }

    private static final class AskingForAPage extends HttpServletRequestWrapper {

        AskingForAPage(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(HttpHeaders.ACCEPT) ? MediaType.TEXT_HTML_VALUE : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(HttpHeaders.ACCEPT)
                    ? Collections.enumeration(List.of(MediaType.TEXT_HTML_VALUE))
                    : super.getHeaders(name);
        }
    }

    /** For the doors: the page is made where nobody knows any more who asked. */
    static void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status) throws IOException {
        if (isSignedIn()) {
            request.setAttribute(SIGNED_IN, Boolean.TRUE);
        }
        response.sendError(status.value());
    }

    /** A form that comes when nobody is signed in any more, or with a token of a session that has ended. */
    static void refuseLate(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LateForm.of(request).keepFor(request);
        refuse(request, response, HttpStatus.FORBIDDEN);
    }

    private static ModelAndView page(HttpServletRequest request, HttpStatus status, boolean signedIn) {
        ModelAndView page = new ModelAndView("people/error");
        page.setStatus(status);
        page.addAllObjects(PageFrame.of(request, RequestContextUtils.getLocale(request), signedIn));
        LateForm late = LateForm.keptFor(request);
        page.addObject("late", late);
        page.addObject("why", "people.error." + (late == null ? why(status) : "too-late"));
        page.addObject("lost", status.value() == HostGate.MISDIRECTED);
        return page;
    }

    private static String why(HttpStatus status) {
        return switch (status.value()) {
            case 403 -> "expired";
            case 404 -> "nothing-here";
            case 413 -> "too-large";
            case HostGate.MISDIRECTED -> "other-host";
            case 429 -> "too-often";
            case 503 -> "gone";
            default -> status.is5xxServerError() ? "failed" : "not-understood";
        };
    }

    private static HttpStatus status(Exception e) {
        return switch (e) {
            case TypeMismatchException malformed -> HttpStatus.BAD_REQUEST;
            case DataAccessResourceFailureException gone -> HttpStatus.SERVICE_UNAVAILABLE;
            case CannotCreateTransactionException gone -> HttpStatus.SERVICE_UNAVAILABLE;
            case NotFound nothing -> HttpStatus.NOT_FOUND;
            case TooOften many -> HttpStatus.TOO_MANY_REQUESTS;
            case MissingRight closed -> HttpStatus.NOT_FOUND;
            case InvalidInput wrong -> HttpStatus.UNPROCESSABLE_ENTITY;
            case StaleWrite overtaken -> HttpStatus.CONFLICT;
            case ConcurrencyFailureException overtaken -> HttpStatus.CONFLICT;
            case ErrorResponse known -> HttpStatus.valueOf(known.getStatusCode().value());
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    private static boolean isSignedIn() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof SignedIn;
    }
}
