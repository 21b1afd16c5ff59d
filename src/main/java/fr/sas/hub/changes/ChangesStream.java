package fr.sas.hub.changes;

import fr.sas.hub.access.interaction.FhirLongAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Changes as server-sent events: each event is a page, and its id the position to continue from. Used by one thread at a time.
 */
final class ChangesStream {

    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final FhirLongAnswer.Events events;
    private final Function<Position, ChangesSince> read;
    private final BiFunction<Position, ChangesSince.Page, byte[]> written;
    private Position at;

    ChangesStream(
            Position since,
            FhirLongAnswer.Events events,
            Function<Position, ChangesSince> read,
            BiFunction<Position, ChangesSince.Page, byte[]> written) {
        this.at = since;
        this.events = events;
        this.read = read;
        this.written = written;
    }

    /** @return false when the stream has ended */
    boolean sendWhatIsNew() {
        try {
            while (true) {
                if (!(read.apply(at) instanceof ChangesSince.Page page)) {
                    events.end();
                    return false;
                }
                if (page.subjects().isEmpty()) {
                    at = page.next();
                    return true;
                }
                events.send(event(page));
                at = page.next();
            }
        } catch (IOException gone) {
            events.end();
            return false;
        }
    }

    boolean sendHeartbeat() {
        try {
            events.send(HEARTBEAT);
            return true;
        } catch (IOException gone) {
            events.end();
            return false;
        }
    }

    void end() {
        events.end();
    }

    /** The JSON has no line breaks: those within texts are escaped. */
    private byte[] event(ChangesSince.Page page) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.writeBytes(("id: " + page.next() + "\nevent: changes\ndata: ").getBytes(StandardCharsets.UTF_8));
        event.writeBytes(written.apply(at, page));
        event.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return event.toByteArray();
    }
}
