package fr.sas.hub.help;

import fr.sas.hub.account.ErrorReason;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/**
 * Accepts files only from the contact form, from a limited number of requests at a time; further ones wait a few seconds for
 * their turn. None may be larger than the form allows. Any other multipart request (RFC 7578) is refused before a byte of it
 * is read (docs/decisions/0060).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class UploadGate extends OncePerRequestFilter {

    /** Colleagues behind one address wait for each other: reading a form takes less than this, unless its line is slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String MULTIPART = "multipart/";

    private final long most;
    private final UploadSeats seats = new UploadSeats(6, 2);

    UploadGate(@Value("${spring.servlet.multipart.max-request-size}") DataSize most) {
        this.most = most.toBytes();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !isMultipart(request);
    }

    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith(MULTIPART);
    }

    private static boolean isContactForm(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getRequestURI().equals(ContactPage.PATH);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long length = request.getContentLengthLong();
        if (!isContactForm(request)) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
        } else if (length < 0) {
            response.sendError(HttpServletResponse.SC_LENGTH_REQUIRED);
        } else if (length > most) {
            ErrorReason.keep(request, "too-large");
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        } else if (!seats.take(request.getRemoteAddr(), PATIENCE)) {
            ErrorReason.keep(request, "busy");
            response.setHeader(HttpHeaders.RETRY_AFTER, "10");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            try {
                chain.doFilter(request, response);
            } catch (InvalidFileNameException malformed) { // by whichever filter reads a parameter first
                response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            } finally {
                seats.leave(request.getRemoteAddr());
            }
        }
    }

    /** Reads files only for the contact form, and not again while an error page is rendered. */
    @Component("multipartResolver")
    static class FilesOfTheContactForm extends StandardServletMultipartResolver {

        FilesOfTheContactForm() {
            setResolveLazily(true);
        }

        @Override
        public boolean isMultipart(HttpServletRequest request) {
            return request.getDispatcherType() == DispatcherType.REQUEST
                    && isContactForm(request)
                    && super.isMultipart(request);
        }
    }
}
