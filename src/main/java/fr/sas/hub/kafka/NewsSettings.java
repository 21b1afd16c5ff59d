package fr.sas.hub.kafka;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.news}. Rooms that depend on it are conditional on the property itself; here, an invalid value is refused.
 *
 * @param news how nodes tell each other of changes
 */
@ConfigurationProperties("hub")
record NewsSettings(@DefaultValue("postgresql") NewsChannel news) {

    enum NewsChannel {
        POSTGRESQL,
        KAFKA
    }
}
