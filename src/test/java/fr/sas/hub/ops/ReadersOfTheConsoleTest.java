package fr.sas.hub.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.ServerWarnings;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whoever has the console's first page open is sent news, and may go without a word. */
@HubTest
@Isolated("reads the log of the whole process")
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
        await().until(() -> live.readers() == before + 20);
        ServerWarnings warnings = new ServerWarnings(LiveFragments.class);
        try (warnings) {
            boolean abruptly = false;
            for (Socket reader : readers) {
                await().until(() -> reader.getInputStream().available() > 0);
                reader.getInputStream().skipNBytes(reader.getInputStream().available());
                reader.setSoLinger(abruptly, 0);
                reader.close();
                abruptly = !abruptly;
            }
            await().until(() -> live.readers() == before);
            Socket later = open();
            await().until(() -> later.getInputStream().available() > 0);
            later.close();
        }

        assertThat(warnings.messages()).isEmpty();
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
