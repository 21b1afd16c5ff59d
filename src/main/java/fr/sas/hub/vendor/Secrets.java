package fr.sas.hub.vendor;

import java.util.Optional;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Secrets by name: {@code hub.secrets.<name>}, and Spring's SSL bundles. Descriptors contain names only. */
@Component
public class Secrets {

    private final Environment environment;
    private final SslBundles bundles;

    public Secrets(Environment environment, SslBundles bundles) {
        this.environment = environment;
        this.bundles = bundles;
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(environment.getProperty("hub.secrets." + name));
    }

    /** @param renewed called each time the bundle's files change, once the new bundle is in place */
    public void watchBundle(String name, Runnable renewed) {
        bundles.addBundleUpdateHandler(name, bundle -> renewed.run());
    }

    public Optional<SslBundle> findBundle(String name) {
        try {
            return Optional.of(bundles.getBundle(name));
        } catch (NoSuchSslBundleException e) {
            return Optional.empty();
        }
    }
}
