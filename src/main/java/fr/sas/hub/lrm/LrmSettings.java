package fr.sas.hub.lrm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How bookings reach the regulators' software. The broker's address and the client certificate are Spring's own
 * settings: {@code spring.rabbitmq.*}.
 *
 * @param sender our address in the Hub Santé, such as {@code fr.health.ptfsas}; without it nothing is sent
 * @param recipient address for regulators whose account names none; without it their bookings are not sent
 * @param exchange that messages are published to
 * @param byCertificate whether the client certificate is also the login (SASL EXTERNAL)
 * @param confirmWithin how long the broker may take to confirm a message
 * @param expireAfter how long a message may remain undelivered
 * @param keepMessages how long messages and replies are kept
 */
@ConfigurationProperties("hub.lrm")
record LrmSettings(
        @Nullable String sender,
        @Nullable String recipient,
        @DefaultValue("hubsante") String exchange,
        @DefaultValue("false") boolean byCertificate,
        @DefaultValue("5s") Duration confirmWithin,
        @DefaultValue("7d") Duration expireAfter,
        @DefaultValue("90d") Duration keepMessages) {}
