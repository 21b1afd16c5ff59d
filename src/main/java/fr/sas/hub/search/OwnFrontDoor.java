package fr.sas.hub.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.server.Ssl;
import org.springframework.stereotype.Component;

/** The hub's own address, at which it asks for what anybody may read: no token opens it from within. */
@Component
class OwnFrontDoor {

    private static final int TIMEOUT_MILLIS = 30_000;

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
        int answers = 0;
        while (System.nanoTime() < end) {
            ask(address);
            answers++;
        }
        return answers;
    }

    /** The connection is kept for the next request. */
    private void ask(InetAddress address) throws IOException {
        URI metadata = URI.create(
                "http://" + host(address) + ":" + context.getWebServer().getPort() + "/fhir/metadata");
        HttpURLConnection asked = (HttpURLConnection) metadata.toURL().openConnection(Proxy.NO_PROXY);
        asked.setConnectTimeout(TIMEOUT_MILLIS);
        asked.setReadTimeout(TIMEOUT_MILLIS);
        try (InputStream answer = asked.getInputStream()) {
            answer.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static String host(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }
}
