package fr.sas.hub.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the hub is reached.
 *
 * @param baseUrl address clients see, ending in /fhir; null takes it from each request whose host is known
 * @param hosts names under which clients and people may call, besides that of {@code baseUrl}, {@code localhost} and the
 *     address that their connection reached
 */
@ConfigurationProperties("hub.search")
record HostSettings(@Nullable String baseUrl, @DefaultValue List<String> hosts) {}
