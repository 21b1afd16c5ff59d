package fr.sas.hub.database;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.search.datasource}: a standby of the database, for reads of searches only.
 *
 * @param url its JDBC address; none, and everything is read from the primary
 * @param username if it differs from the primary's, like {@code password}
 * @param maximumPoolSize the most connections of this node
 * @param timeout of a connection or a statement; reads then turn to the primary
 * @param outlasts how old the standby's data may be that is shown while the primary is silent
 */
@Validated
@ConfigurationProperties("hub.search.datasource")
record ReadReplicaSettings(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("12") @Min(1) int maximumPoolSize,

        @DefaultValue("2s") @NotNull @DurationMin(seconds = 1)
        Duration timeout,

        @DefaultValue("20m") @NotNull @DurationMin Duration outlasts) {

    boolean isSet() {
        return url != null && !url.isBlank();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "ReadReplicaSettings[" + maximumPoolSize + " connections, " + timeout + ", " + outlasts + "]";
    }
}
