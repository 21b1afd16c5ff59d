package fr.sas.hub.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The host names under which the hub answers: links and redirects lead to no others (docs/decisions/0035). */
@Component
public class OwnHosts {

    private final @Nullable String baseUrl;
    private final Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));

    OwnHosts(HostSettings settings) {
        this.baseUrl = settings.baseUrl();
        settings.hosts().forEach(this::add);
        if (baseUrl != null) {
            add(URI.create(baseUrl).getHost());
        }
    }

    /** The configured address, ending in {@code /fhir}; null when it is derived from each request. */
    public @Nullable String baseUrl() {
        return baseUrl;
    }

    /** Whether the request's host is vouched for by the configuration, the connection or a trusted proxy. */
    public boolean isOwn(HttpServletRequest request) {
        String host = request.getServerName().toLowerCase(Locale.ROOT);
        return names.contains(host)
                || host.equals(request.getLocalAddr())
                || host.equals("[" + request.getLocalAddr() + "]")
                || ForwardedPorts.isForwarded(request);
    }

    private void add(@Nullable String name) {
        if (name != null) {
            names.add(name.toLowerCase(Locale.ROOT));
        }
    }
}
