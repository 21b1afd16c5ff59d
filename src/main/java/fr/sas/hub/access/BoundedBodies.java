package fr.sas.hub.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits request bodies of {@code /api/v1} to one megabyte, whether the length is declared (413 at once) or not (cut
 * off while reading). National extractions are streamed and not limited.
 */
@Component
class BoundedBodies extends OncePerRequestFilter {

    private static final long MOST_BYTES = 1 << 20;
    static final Wording RULE = new Wording(
            "A request's body may have at most " + MOST_BYTES + " bytes",
            "Le corps d'une requête a au plus " + MOST_BYTES + " octets.");
    private static final String EXTRACTIONS = "/api/v1/directory/loads";

    private final Refusals refusals;

    BoundedBodies(Refusals refusals) {
        this.refusals = refusals;
    }

    /** A body that exceeded the limit. */
    static final class TooLong extends IOException {
        TooLong() {
            super(RULE.english());
        }
    }

    /** Uses the path as the security filters see it, however it was spelt. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return !path.startsWith("/api/v1/") || path.equals(EXTRACTIONS);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > MOST_BYTES) {
            refusals.write(request, response, HttpStatus.PAYLOAD_TOO_LARGE, "too-long", RULE);
            return;
        }
        chain.doFilter(request.getContentLengthLong() < 0 ? new Bounded(request) : request, response);
    }

    private static final class Bounded extends HttpServletRequestWrapper {

        Bounded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new BoundedStream(super.getInputStream());
        }
    }

    private static final class BoundedStream extends ServletInputStream {

        private final ServletInputStream body;
        private long read;

        BoundedStream(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int one = body.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int some = body.read(bytes, from, length);
            count(Math.max(some, 0));
            return some;
        }

        private void count(int more) throws TooLong {
            read += more;
            if (read > MOST_BYTES) {
                throw new TooLong();
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
