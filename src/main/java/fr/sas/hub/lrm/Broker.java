package fr.sas.hub.lrm;

import com.rabbitmq.client.DefaultSaslConfig;
import java.util.Objects;
import org.apache.camel.ProducerTemplate;
import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.autoconfigure.amqp.ConnectionFactoryCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.backoff.ExponentialBackOff;

/** The line to the Hub Santé's broker. Spring Boot makes the connection ({@code spring.rabbitmq.*}), this the rest. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("hub.lrm.sender")
class Broker {

    private static final String HEARD = "direct:hear-the-regulators-software";
    private static final int PREFETCH = 50;
    private static final long FIRST_BACK_OFF_MILLIS = 500;
    private static final long LONGEST_BACK_OFF_MILLIS = 30_000;

    /** The Hub Santé knows its clients by their certificate alone. */
    @Bean
    ConnectionFactoryCustomizer loginByCertificate(LrmSettings settings) {
        return factory -> {
            if (settings.byCertificate()) {
                factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);
            }
        };
    }

    /**
     * Hears what is said of our messages. A reply leaves its queue when it is written down; while that is not possible it
     * is tried again, ever more rarely, and so is a broker that is away.
     */
    @Bean
    SimpleMessageListenerContainer replies(ConnectionFactory connection, ProducerTemplate camel, LrmSettings settings) {
        String sender = Objects.requireNonNull(settings.sender());
        var container = new SimpleMessageListenerContainer(connection);
        container.setQueueNames(sender + ".ack", sender + ".info");
        container.setMessageListener(message -> camel.requestBody(HEARD, message.getBody()));
        container.setAdviceChain(RetryInterceptorBuilder.stateless()
                .maxAttempts(Integer.MAX_VALUE)
                .backOffOptions(FIRST_BACK_OFF_MILLIS, 2, LONGEST_BACK_OFF_MILLIS)
                .build());
        container.setPrefetchCount(PREFETCH);
        container.setMissingQueuesFatal(false);
        var backOff = new ExponentialBackOff(FIRST_BACK_OFF_MILLIS, 2);
        backOff.setMaxInterval(LONGEST_BACK_OFF_MILLIS);
        container.setRecoveryBackOff(backOff);
        container.setAutoStartup(false);
        return container;
    }

    /** Camel reads its route files after the beans have started. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> hearFromNowOn(SimpleMessageListenerContainer replies) {
        return ready -> replies.start();
    }
}
