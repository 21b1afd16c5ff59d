package fr.sas.hub.help;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/**
 * Files are taken at the contact form and nowhere else, so many at a time, and no more than its form could bring: whatever
 * else comes as multipart (RFC 7578) is refused before a byte of it is read (docs/decisions/0060).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class UploadGate extends OncePerRequestFilter {

    private static final int AT_ONCE = 6;
    private static final int AT_ONCE_OF_ONE_ADDRESS = 2;
    private static final String MULTIPART = "multipart/";

    private final long most;
    private final Semaphore seats = new Semaphore(AT_ONCE);
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

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
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        } else if (!sit(request.getRemoteAddr())) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "10");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            try {
                chain.doFilter(request, response);
            } finally {
                stand(request.getRemoteAddr());
            }
        }
    }

    private boolean sit(String address) {
        if (!seats.tryAcquire()) {
            return false;
        }
        if (taken.merge(address, 1, Integer::sum) > AT_ONCE_OF_ONE_ADDRESS) {
            stand(address);
            return false;
        }
        return true;
    }

    private void stand(String address) {
        taken.computeIfPresent(address, (a, some) -> UploadGate.oneLess(some));
        seats.release();
    }

    private static @Nullable Integer oneLess(int some) {
        return some == 1 ? null : some - 1;
    }

    /** Reads files for the contact form only, and not again for the page of an error. */
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
