package fr.sas.hub.account;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code hub.operator}: who operates this platform, as required in the legal notice (law of 21 June 2004, article 6).
 *
 * @param name of the organization; if null, the notice says that it has not been filled in
 * @param address of the organization
 * @param contact phone number or e-mail address
 * @param director the person responsible for what is published
 * @param host name, address and phone of the host of health data
 */
@ConfigurationProperties("hub.operator")
record OperatorSettings(
        @Nullable String name,
        @Nullable String address,
        @Nullable String contact,
        @Nullable String director,
        @Nullable String host) {}
