package fr.sas.hub.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The addresses of the hub.
 *
 * @param baseUrl the address clients use, ending in /fhir; null derives it from each request whose host is known
 * @param hosts host names that clients and people may use, besides that of {@code baseUrl}, {@code localhost} and the
 *     address that their connection reached
 */
@ConfigurationProperties("hub.search")
record HostSettings(@Nullable String baseUrl, @DefaultValue List<String> hosts) {}
