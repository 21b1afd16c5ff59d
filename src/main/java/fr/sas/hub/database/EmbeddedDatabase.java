package fr.sas.hub.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A PostgreSQL of the hub's own, stored in {@code hub.data}, used when no other database is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = EmbeddedDatabase.ADDRESS, matchIfMissing = true, havingValue = EmbeddedDatabase.EMBEDDED)
class EmbeddedDatabase {

    static final String ADDRESS = "spring.datasource.url";
    static final String EMBEDDED = "embedded";

    /** The database has ended and cannot be restarted. */
    static final int EXIT_CODE = 5;

    @Bean(destroyMethod = "close")
    EmbeddedServer embeddedServer(@Value("${hub.data:data}") Path data, ApplicationContext hub) throws IOException {
        return EmbeddedServer.start(
                data.toAbsolutePath(),
                () -> Thread.ofPlatform()
                        .name("the-hub-ends")
                        .start(() -> System.exit(SpringApplication.exit(hub, () -> EXIT_CODE))));
    }

    @Bean
    @ConfigurationProperties("spring.datasource.hikari")
    DataSource dataSource(EmbeddedServer server) {
        return DataSourceBuilder.create()
                .type(HikariDataSource.class)
                .url(server.address() + "&reWriteBatchedInserts=true")
                .username(EmbeddedServer.USER)
                .password(server.password())
                .build();
    }
}
