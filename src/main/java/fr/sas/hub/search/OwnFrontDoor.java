package fr.sas.hub.search;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.server.Ssl;
import org.springframework.stereotype.Component;

/**
 * The hub's own address, at which it asks for what anybody may read: no token opens it from within. By a plain socket, since whatever a
 * client library does has to be compiled too, while the node starts.
 */
@Component
class OwnFrontDoor {

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final String LENGTH = "Content-Length:";

    private final WebServerApplicationContext context;
    private final ServerProperties server;

    OwnFrontDoor(WebServerApplicationContext context, ServerProperties server) {
        this.context = context;
        this.server = server;
    }

    /**
     * Asks for the CapabilityStatement, one request after the other.
     *
     * @return how many answers came; 0 where the hub wants TLS, which this does not speak
     * @throws IOException if one did not come
     */
    int ask(Duration howLong) throws IOException {
        if (Ssl.isEnabled(server.getSsl())) {
            return 0;
        }
        long end = System.nanoTime() + howLong.toNanos();
        InetAddress address = Optional.ofNullable(server.getAddress()).orElseGet(InetAddress::getLoopbackAddress);
        int port = context.getWebServer().getPort();
        byte[] request = ("GET /fhir/metadata HTTP/1.1\r\nHost: " + host(address) + ":" + port + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        int answers = 0;
        while (System.nanoTime() < end) {
            try (Socket door = new Socket()) {
                door.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
                door.setSoTimeout(TIMEOUT_MILLIS);
                InputStream in = new BufferedInputStream(door.getInputStream());
                boolean open = true;
                while (open && System.nanoTime() < end) {
                    door.getOutputStream().write(request);
                    AnswerHead head = AnswerHead.read(in);
                    in.skipNBytes(head.length);
                    open = !head.last;
                    answers++;
                }
            }
        }
        return answers;
    }

    /** @param length of what follows; @param last on this connection, of which the server ends each after some answers */
    private record AnswerHead(int length, boolean last) {

        static AnswerHead read(InputStream in) throws IOException {
            int length = -1;
            boolean last = false;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                    length = Integer.parseInt(line.substring(LENGTH.length()).strip());
                }
                last |= line.equalsIgnoreCase("Connection: close");
            }
            if (length < 0) {
                throw new IOException("The hub's own answer does not say how long it is");
            }
            return new AnswerHead(length, last);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The hub ended its own connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static String host(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }
}
