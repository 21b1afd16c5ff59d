package fr.sas.hub.connector;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One HTTP client per line, with the credentials its descriptor names; the secrets come from {@code hub.secrets.<name>}. */
@Component
class VendorClients {

    private final Map<VendorLine, VendorHttp> clients = new WeakHashMap<>();
    private final Secrets secrets;
    private final ConnectorSettings settings;
    private final Traces traces;

    VendorClients(Secrets secrets, ConnectorSettings settings, Traces traces) {
        this.secrets = secrets;
        this.settings = settings;
        this.traces = traces;
    }

    synchronized VendorHttp to(VendorLine line) {
        return clients.computeIfAbsent(line, this::connect);
    }

    /** A client of its own, with the line's credentials and at its pace. */
    Probe probe(VendorLine line, Probe.Bounds bounds) {
        return new Probe(
                http(line.descriptor),
                line.descriptor.baseUrl(),
                authorization(line.descriptor.auth()),
                bounds,
                line::takeTurn);
    }

    private VendorHttp connect(VendorLine line) {
        VendorDescriptor descriptor = line.descriptor;
        return new VendorHttp(http(descriptor), authorization(descriptor.auth()), settings, line::waitForTurn, traces);
    }

    private HttpClient http(VendorDescriptor descriptor) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(descriptor.poll().timeout());
        VendorDescriptor.Auth auth = descriptor.auth();
        if (auth.sslBundle() != null) {
            http.sslContext(secrets.findBundle(auth.sslBundle())
                    .orElseThrow(() -> new IllegalStateException("There is no SSL bundle " + auth.sslBundle()))
                    .createSslContext());
        }
        return http.build();
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
