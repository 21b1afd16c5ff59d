package fr.sas.hub.connector;

import java.util.Optional;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Secrets by their names: {@code hub.secrets.<name>}, and Spring's SSL bundles. Descriptors hold names only. */
@Component
class Secrets {

    private final Environment environment;
    private final SslBundles bundles;

    Secrets(Environment environment, SslBundles bundles) {
        this.environment = environment;
        this.bundles = bundles;
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(environment.getProperty("hub.secrets." + name));
    }

    Optional<SslBundle> findBundle(String name) {
        try {
            return Optional.of(bundles.getBundle(name));
        } catch (NoSuchSslBundleException e) {
            return Optional.empty();
        }
    }
}
