package fr.sas.hub.subscription;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.subscription}.
 *
 * @param receivers schemes and hosts to which notifications may be sent, such as {@code https://recherche.example}, with a
 *     port unless it is the default one
 * @param timeout of one notification
 * @param errorAfter consecutive failures before the status is {@code error}; attempts continue
 * @param mostPerClient subscriptions that one client may have
 */
@Validated
@ConfigurationProperties("hub.subscription")
record SubscriptionSettings(
        @DefaultValue List<URI> receivers,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 50)
        Duration timeout,

        @DefaultValue("3") @Min(1) int errorAfter,
        @DefaultValue("20") @Min(1) @Max(1_000) int mostPerClient) {

    boolean allows(URI endpoint) {
        return receivers.stream()
                .anyMatch(allowed -> same(allowed.getScheme(), endpoint.getScheme())
                        && same(allowed.getHost(), endpoint.getHost())
                        && port(allowed) == port(endpoint));
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return one != null && one.equalsIgnoreCase(other);
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }
}
