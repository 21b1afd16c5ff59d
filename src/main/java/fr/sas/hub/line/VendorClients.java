package fr.sas.hub.line;

import fr.sas.hub.vendor.ConnectorSettings;
import fr.sas.hub.vendor.Secrets;
import fr.sas.hub.vendor.VendorDescriptor;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.stereotype.Component;

/**
 * One HTTP client per line, with the credentials named in its descriptor; the secrets come from {@code
 * hub.secrets.<name>}. It is closed with its line.
 */
@Component
public class VendorClients {

    private final Map<VendorLine, VendorHttp> clients = new HashMap<>();
    private final Set<String> watchedBundles = ConcurrentHashMap.newKeySet();
    private final Secrets secrets;
    private final ConnectorSettings settings;
    private final Traces traces;

    VendorClients(Secrets secrets, ConnectorSettings settings, Traces traces) {
        this.secrets = secrets;
        this.settings = settings;
        this.traces = traces;
    }

    public synchronized VendorHttp to(VendorLine line) {
        if (line.isClosed()) {
            VendorHttp last = connect(line);
            last.end();
            return last;
        }
        return clients.computeIfAbsent(line, this::connect);
    }

    /** The line is closed: requests in progress are completed, then nothing more is held for it. */
    synchronized void end(VendorLine line) {
        VendorHttp http = clients.remove(line);
        if (http != null) {
            http.end();
        }
    }

    /** A separate client, with the line's credentials and rate limit. */
    public ServerProbe probe(VendorLine line, ServerProbe.Bounds bounds) {
        return new ServerProbe(
                http(line.descriptor()),
                line.descriptor().baseUrl(),
                authorization(line.descriptor().auth()),
                bounds,
                line::takeTurn);
    }

    private VendorHttp connect(VendorLine line) {
        VendorDescriptor descriptor = line.descriptor();
        return new VendorHttp(
                () -> http(descriptor), authorization(descriptor.auth()), settings, line::waitForTurn, traces);
    }

    private HttpClient http(VendorDescriptor descriptor) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(descriptor.poll().timeout());
        String bundle = descriptor.auth().sslBundle();
        if (bundle != null) {
            SslBundle known = secrets.findBundle(bundle)
                    .orElseThrow(() -> new IllegalStateException("There is no SSL bundle " + bundle));
            if (watchedBundles.add(bundle)) {
                secrets.watchBundle(bundle, () -> showRenewed(bundle));
                known = secrets.findBundle(bundle).orElse(known); // what was renewed until now
            }
            http.sslContext(known.createSslContext());
        }
        return http.build();
    }

    /** A certificate renewed on disk is used from the next request on. */
    private synchronized void showRenewed(String bundle) {
        clients.forEach((line, http) -> {
            if (bundle.equals(line.descriptor().auth().sslBundle())) {
                http.connectAnew();
            }
        });
    }

    private @Nullable String authorization(VendorDescriptor.Auth auth) {
        return switch (auth.type()) {
            case NONE, MTLS -> null;
            case BEARER -> "Bearer " + secret(auth);
            case BASIC ->
                "Basic " + Base64.getEncoder().encodeToString(secret(auth).getBytes(StandardCharsets.UTF_8));
        };
    }

    private String secret(VendorDescriptor.Auth auth) {
        return secrets.find(String.valueOf(auth.secret()))
                .orElseThrow(
                        () -> new IllegalStateException("No secret is configured as hub.secrets." + auth.secret()));
    }
}
