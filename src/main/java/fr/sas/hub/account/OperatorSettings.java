package fr.sas.hub.account;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code hub.operator}: who runs this platform, as the legal notice must say (law of 21 June 2004, article 6).
 *
 * @param name of the organization; null: the notice says that it is not filled in
 * @param address where it is
 * @param contact phone number or e-mail address
 * @param director who is responsible for what is published
 * @param host name, address and phone of the host of health data
 */
@ConfigurationProperties("hub.operator")
record OperatorSettings(
        @Nullable String name,
        @Nullable String address,
        @Nullable String contact,
        @Nullable String director,
        @Nullable String host) {}
