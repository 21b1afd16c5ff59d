package fr.sas.hub.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whoever has the console's first page open is sent news, and may go without a word. */
@HubTest
class ReadersOfTheConsoleTest {

    @LocalServerPort
    int port;

    @Autowired
    LiveFragments live;

    @Test
    void readers_that_left_are_forgotten_and_are_no_error() throws IOException {
        int before = live.readers();
        List<Socket> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            readers.add(open());
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> live.readers() == before + 20);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            boolean abruptly = false;
            for (Socket reader : readers) {
                await().until(() -> reader.getInputStream().available() > 0);
                reader.getInputStream().skipNBytes(reader.getInputStream().available());
                reader.setSoLinger(abruptly, 0);
                reader.close();
                abruptly = !abruptly;
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> live.readers() == before);
            Socket later = open();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> later.getInputStream().available() > 0);
            later.close();
        } finally {
            root.detachAppender(log);
        }

        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }

    private Socket open() throws IOException {
        Socket reader = new Socket("localhost", port);
        reader.getOutputStream()
                .write(
                        "GET /ops/live HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer test-ops\r\nAccept: text/event-stream\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
        return reader;
    }
}
