package fr.sas.hub.database;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has the pool know its {@link LentConnections}. */
@Configuration(proxyBeanMethods = false)
class LentConnectionsKept {

    @Bean
    static BeanPostProcessor lentConnectionsAreKnown() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HikariDataSource pool ? new LentConnections(pool) : bean;
            }
        };
    }
}
