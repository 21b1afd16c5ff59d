package fr.sas.hub.account;

import fr.sas.hub.access.DatabaseOutage;
import fr.sas.hub.access.FailureStatus;
import fr.sas.hub.access.RequestLimit;
import fr.sas.hub.database.DatabaseFailure;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorViewResolver;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Shows errors at addresses of the pages for people on a page of the same look, with links to go on, never as a problem
 * document of the API; likewise any error for which a browser would otherwise get the server's default page.
 */
@Component
class PeopleErrors implements HandlerExceptionResolver, ErrorViewResolver, Ordered {

    private static final Logger log = LoggerFactory.getLogger(PeopleErrors.class);
    private static final String SIGNED_IN = PeopleErrors.class.getName();

    private final PagesOfForms pages;

    PeopleErrors(PagesOfForms pages) {
        this.pages = pages;
    }

    /** Before the resolvers that answer machines. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    /** For exceptions thrown by a page, or because there is none at the address. */
    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        boolean ofPages = PageSecurity.isOfPages(request);
        if (e instanceof HttpRequestMethodNotSupportedException
                && isRead(request)
                && (ofPages || isOfConsole(request))) {
            Optional<String> form = pages.above(request.getRequestURI());
            if (form.isPresent()) {
                return new ModelAndView("redirect:" + form.get());
            }
        }
        if (!ofPages) {
            return null;
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            return new ModelAndView();
        }
        HttpStatus status = RequestLimit.isOver(request) ? HttpStatus.SERVICE_UNAVAILABLE : FailureStatus.of(e);
        if (status == HttpStatus.INTERNAL_SERVER_ERROR) {
            log.error("A page failed unexpectedly", e);
        } else if (status == HttpStatus.SERVICE_UNAVAILABLE && DatabaseFailure.isIn(e)) {
            DatabaseOutage.report(request, response, e);
        }
        response.setStatus(status.value());
        return page(request, status, isSignedIn());
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static boolean isOfConsole(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/ops/");
    }

    /** For what security, the firewall or the server refused. */
    @Override
    public ModelAndView resolveErrorView(
            HttpServletRequest request, HttpStatus status, Map<String, Object> attributes) {
        return page(request, status, request.getAttribute(SIGNED_IN) != null);
    }

    /**
     * At addresses of pages, errors are pages too, whatever a browser's script says it accepts; and every page of errors has
     * the headers of pages, also where the request was refused before security wrote any.
     */
    @Bean
    static FilterRegistrationBean<Filter> errorsOfPagesArePages() {
        var filter = new FilterRegistrationBean<Filter>((request, response, chain) -> {
            if (response instanceof HttpServletResponse to) {
                PageSecurity.secure(to);
            }
            chain.doFilter(
                    request instanceof HttpServletRequest of
                                    && of.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String address
                                    && PageSecurity.isOfPages(withoutParameters(address))
                            ? new AskingForAPage(of)
                            : request,
                    response);
        });
        filter.setDispatcherTypes(DispatcherType.ERROR);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }

    /** The firewall refuses parameters in a path; the part before them tells whose address it is. */
    private static String withoutParameters(String address) {
        int parameters = address.indexOf(';');
        return parameters < 0 ? address : address.substring(0, parameters);
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

    /** For security: the page is rendered after the authentication has been cleared. */
    static void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status) throws IOException {
        if (isSignedIn()) {
            request.setAttribute(SIGNED_IN, Boolean.TRUE);
        }
        response.sendError(status.value());
    }

    /** For a form that arrives after its sender has been signed out, or with the CSRF token of an ended session. */
    static void refuseLate(HttpServletRequest request, HttpServletResponse response) throws IOException {
        UnsavedForm.keepLate(request);
        refuse(request, response, HttpStatus.FORBIDDEN);
    }

    private static ModelAndView page(HttpServletRequest request, HttpStatus status, boolean signedIn) {
        ModelAndView page = new ModelAndView("people/error");
        page.setStatus(status);
        page.addAllObjects(PageFrame.of(request, RequestContextUtils.getLocale(request), signedIn));
        UnsavedForm late = UnsavedForm.late(request);
        UnsavedForm unsaved = late == null ? UnsavedForm.failed(request) : late;
        page.addObject("unsaved", unsaved);
        page.addObject(
                "why",
                "people.error." + (late == null ? ErrorReason.of(request).orElse(errorKey(status)) : "too-late"));
        page.addObject("kept", unsaved == null && isUnread(request, status));
        page.addObject("lost", status.value() == HostGate.MISDIRECTED);
        return page;
    }

    /** Of such a form the hub knows nothing: only the browser has what was typed. */
    private static boolean isUnread(HttpServletRequest request, HttpStatus status) {
        return request.getMethod().equals("POST")
                && (status == HttpStatus.PAYLOAD_TOO_LARGE
                        || ErrorReason.of(request).isPresent());
    }

    private static String errorKey(HttpStatus status) {
        return switch (status.value()) {
            case 401 -> "closed";
            case 403 -> "expired";
            case 404 -> "nothing-here";
            case 413 -> "too-long";
            case HostGate.MISDIRECTED -> "other-host";
            case 429 -> "too-often";
            case 503 -> "gone";
            default -> status.is5xxServerError() ? "failed" : "not-understood";
        };
    }

    static boolean isSignedIn() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof SignedIn;
    }
}
