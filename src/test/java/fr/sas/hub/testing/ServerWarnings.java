package fr.sas.hub.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * What the web server, Spring's web layer and one room of the hub warn of while this is open. The log belongs to the whole process:
 * tests that read it are {@code @Isolated}, and rooms whose clock goes on in other tests' hubs are not listened to.
 */
public final class ServerWarnings implements AutoCloseable {

    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final List<Logger> loggers;

    /** @param room a class of the room that serves the request, whose package is listened to */
    public ServerWarnings(Class<?> room) {
        loggers = Stream.of(
                        "org.apache.catalina", "org.apache.coyote", "org.springframework.web", room.getPackageName())
                .map(name -> (Logger) LoggerFactory.getLogger(name))
                .toList();
        events.start();
        loggers.forEach(logger -> logger.addAppender(events));
    }

    /** The messages of level WARN and above, oldest first; may be read after closing. */
    public List<String> messages() {
        return List.copyOf(events.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.detachAppender(events));
    }
}
