package fr.sas.hub.database;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets reads be sent to the read replica; without one, the database is used as it is. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(ReadReplicaRouting.ADDRESS)
class ReadReplicaRouting {

    static final String ADDRESS = "hub.search.datasource.url";

    @Bean
    static BeanPostProcessor readsMayGoElsewhere() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource database ? new RoutedDataSource(database) : bean;
            }
        };
    }
}
