package fr.sas.hub.lrm;

import com.rabbitmq.client.DefaultSaslConfig;
import fr.sas.hub.slot.BackOff;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.autoconfigure.amqp.ConnectionFactoryCustomizer;
import org.springframework.boot.autoconfigure.amqp.RabbitProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.ThreadWaitSleeper;
import org.springframework.retry.policy.AlwaysRetryPolicy;
import org.springframework.retry.policy.ExceptionClassifierRetryPolicy;
import org.springframework.retry.policy.SimpleRetryPolicy;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.util.backoff.BackOffExecution;

/**
 * The connection to the Hub Santé's broker. Spring Boot creates the connection ({@code spring.rabbitmq.*}), this class
 * the rest.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("hub.lrm.sender")
class Broker {

    private static final Logger log = LoggerFactory.getLogger(Broker.class);

    private static final String HEARD = "direct:hear-the-regulators-software";
    private static final int PREFETCH = 50;
    private static final int ATTEMPTS_AT_A_REPLY = 3;
    static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(30));

    /**
     * The Hub Santé identifies its clients by their certificate alone; a certificate or trust store renewed on disk is
     * used from the next connection on.
     */
    @Bean
    ConnectionFactoryCustomizer loginByCertificate(LrmSettings settings, RabbitProperties line, SslBundles bundles) {
        return factory -> {
            if (settings.byCertificate()) {
                factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);
            }
            String bundle = line.getSsl().getBundle();
            if (bundle != null) {
                bundles.addBundleUpdateHandler(bundle, renewed -> factory.useSslProtocol(renewed.createSslContext()));
            }
        };
    }

    /**
     * Consumes replies to our messages. A reply leaves its queue once it is stored; while the database is unavailable
     * it is retried at increasing intervals, and so is the connection to the broker. A reply that fails for another
     * reason is rejected after a few attempts, so that it does not block those behind it: it goes to the queue's
     * dead-letter exchange, if there is one.
     */
    @Bean
    SimpleMessageListenerContainer repliesOfSoftware(
            ConnectionFactory connection, ProducerTemplate camel, LrmSettings settings, MeterRegistry meters) {
        String sender = Objects.requireNonNull(settings.sender());
        var container = new SimpleMessageListenerContainer(connection);
        container.setQueueNames(sender + ".ack", sender + ".info");
        container.setMessageListener(message -> camel.requestBody(HEARD, message.getBody()));
        container.setAdviceChain(RetryInterceptorBuilder.stateless()
                .retryPolicy(whileTheDatabaseIsAway())
                .backOffPolicy(new ReplyBackOff(BACK_OFF, new ThreadWaitSleeper()))
                .recoverer((message, cause) -> reject(message, cause, meters))
                .build());
        container.setPrefetchCount(PREFETCH);
        container.setMissingQueuesFatal(false);
        container.setRecoveryBackOff(Broker::connecting);
        container.setAutoStartup(false);
        return container;
    }

    /** Between attempts to reach the broker, counted anew whenever it was reached. */
    static BackOffExecution connecting() {
        AtomicInteger failures = new AtomicInteger();
        return () -> BACK_OFF.after(failures.incrementAndGet()).toMillis();
    }

    private static RetryPolicy whileTheDatabaseIsAway() {
        var policy = new ExceptionClassifierRetryPolicy();
        RetryPolicy always = new AlwaysRetryPolicy();
        RetryPolicy aFewTimes = new SimpleRetryPolicy(ATTEMPTS_AT_A_REPLY);
        policy.setExceptionClassifier(failure -> isOfTheDatabase(failure) ? always : aFewTimes);
        return policy;
    }

    private static boolean isOfTheDatabase(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessResourceFailureException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof RecoverableDataAccessException
                    || cause instanceof CannotCreateTransactionException) {
                return true;
            }
        }
        return false;
    }

    /** The message may contain names of people: it is not logged. */
    private static void reject(Message reply, Throwable failure, MeterRegistry meters) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        log.error(
                "A reply in {} could not be stored and is rejected: {}",
                reply.getMessageProperties().getConsumerQueue(),
                root.getClass().getName());
        meters.counter("hub.lrm.replies", "kind", "rejected").increment();
        throw new AmqpRejectAndDontRequeueException("Could not be stored");
    }

    /** Camel reads its route files after the beans have started. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> hearFromNowOn(SimpleMessageListenerContainer repliesOfSoftware) {
        return ready -> repliesOfSoftware.start();
    }
}
