package fr.sas.hub.database;

import javax.sql.DataSource;
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
                return bean instanceof DataSource database ? new LentConnections(database) : bean;
            }
        };
    }
}
