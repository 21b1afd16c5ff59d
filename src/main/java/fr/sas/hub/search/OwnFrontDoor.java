package fr.sas.hub.search;

import com.google.common.io.Closer;
import fr.sas.hub.access.door.OwnToken;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.server.Ssl;
import org.springframework.stereotype.Component;

/**
 * The hub's own address, at which this node searches while it warms up, with a token for that time only. Over plain sockets, because
 * the code of a client library would have to be compiled too while the node starts.
 */
@Component
class OwnFrontDoor {

    private static final int CONNECTIONS = 8;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final String LENGTH = "Content-Length:";
    private static final String OK = "HTTP/1.1 200";

    private final WebServerApplicationContext context;
    private final ServerProperties server;
    private final OwnToken token;

    OwnFrontDoor(WebServerApplicationContext context, ServerProperties server, OwnToken token) {
        this.context = context;
        this.server = server;
        this.token = token;
    }

    /** Whether this node can call itself: not where the hub wants TLS, which this does not speak. */
    boolean isPlain() {
        return !Ssl.isEnabled(server.getSsl());
    }

    /**
     * Sends the searches over and over, one per connection; the next ones follow once all are answered, and every other time the answers are
     * to be compressed. Several at once, because a server does more for many callers than for one. The first is sent alone, so that a
     * refusal leaves none under way.
     *
     * @param searches the parameters of a search for slots each; not empty
     * @return how many were answered; at least one, however long it takes
     * @throws IOException if one was not answered with 200
     */
    int search(List<String> searches, Duration howLong) throws IOException {
        long end = System.nanoTime() + howLong.toNanos();
        String valid = token.issue();
        int answers = 1;
        boolean gzip = false;
        try (Closer closer = Closer.create()) {
            List<Connection> connections = Stream.generate(() -> closer.register(new Connection(valid)))
                    .limit(CONNECTIONS)
                    .toList();
            connections.getFirst().send(searches.getFirst(), false);
            connections.getFirst().receive();
            while (System.nanoTime() < end) {
                for (Connection connection : connections) {
                    connection.send(searches.get(answers++ % searches.size()), gzip);
                }
                for (Connection connection : connections) {
                    connection.receive();
                }
                gzip = !gzip;
            }
            return answers;
        } finally {
            token.withdraw(valid);
        }
    }

    /** Opened anew whenever the server ends it, as it does after some answers. */
    private final class Connection implements Closeable {

        private final InetAddress address = Optional.ofNullable(server.getAddress())
                .filter(own -> !own.isAnyLocalAddress())
                .orElseGet(InetAddress::getLoopbackAddress);
        private final String path =
                Optional.ofNullable(server.getServlet().getContextPath()).orElse("") + "/fhir/Slot?";
        private final int port = context.getWebServer().getPort();
        private final String headers;
        private Socket socket = new Socket();
        private InputStream in = InputStream.nullInputStream();

        Connection(String token) {
            this.headers =
                    " HTTP/1.1\r\nHost: " + host(address) + ":" + port + "\r\nAuthorization: Bearer " + token + "\r\n";
        }

        void send(String search, boolean gzip) throws IOException {
            if (!socket.isConnected() || socket.isClosed()) {
                socket = new Socket();
                socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                in = new BufferedInputStream(socket.getInputStream());
            }
            String request = "GET " + path + search + headers + (gzip ? "Accept-Encoding: gzip\r\n\r\n" : "\r\n");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }

        void receive() throws IOException {
            AnswerHead head = AnswerHead.read(in);
            in.skipNBytes(head.length);
            if (head.last) {
                socket.close();
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** @param length of what follows; @param last on this connection */
    private record AnswerHead(int length, boolean last) {

        static AnswerHead read(InputStream in) throws IOException {
            String status = line(in);
            if (!status.startsWith(OK)) {
                throw new IOException("The hub answered its own search with " + status);
            }
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
