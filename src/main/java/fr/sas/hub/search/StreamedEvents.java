package fr.sas.hub.search;

import fr.sas.hub.access.interaction.FhirLongAnswer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Server-sent events, written by whichever thread has one; the server gives up a caller that does not read. */
final class StreamedEvents implements FhirLongAnswer.Events {

    private final AsyncContext async;
    private final ServletOutputStream out;

    StreamedEvents(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // proxies would gather events
        this.out = response.getOutputStream();
        this.async = request.startAsync();
        this.async.setTimeout(0);
    }

    @Override
    public void send(byte[] event) throws IOException {
        out.write(event);
        out.flush();
    }

    @Override
    public void end() {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // the connection was lost, and the container has completed it
        }
    }
}
