package fr.sas.hub.search;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the search serves.
 *
 * @param memory what ready-to-write answers may weigh on this node
 * @param baseUrl address clients see, ending in /fhir; null takes it from each request
 * @param atOnce searches answered at the same time; more wait up to {@code patience}, then get 429
 */
@ConfigurationProperties("hub.search")
record SearchSettings(
        @DefaultValue("384MB") DataSize memory,
        @Nullable String baseUrl,
        @DefaultValue("64") int atOnce,
        @DefaultValue("2s") Duration patience) {}
