package fr.sas.hub.lrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.sas.hub.testing.FreePort;
import fr.sas.hub.testing.TestAuthority;
import fr.sas.hub.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.amqp.ConnectionFactoryCustomizer;
import org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.amqp.RabbitProperties;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The Hub Santé's broker takes connections over TLS only, and a client certificate as the login (SASL EXTERNAL): a real one. */
class BrokerByCertificateTest {

    private static final String HERE = "dns:localhost,ip:127.0.0.1";
    private static final TestAuthority AUTHORITY = new TestAuthority("CN=Hub Sante");
    private static final int PORT = FreePort.next();

    private static TestBroker broker;

    @BeforeAll
    static void broker_starts() {
        Path own = AUTHORITY.pem(AUTHORITY.issue("CN=localhost", HERE, 365));
        Optional<TestBroker> found =
                TestBroker.find(Map.of(), """
                listeners.ssl.1 = 127.0.0.1:%d
                ssl_options.cacertfile = %2$s/ca.pem
                ssl_options.certfile = %2$s/certificate.pem
                ssl_options.keyfile = %2$s/key.pem
                ssl_options.verify = verify_peer
                ssl_options.fail_if_no_peer_cert = true
                auth_mechanisms.1 = EXTERNAL
                ssl_cert_login_from = common_name
                """.formatted(PORT, own), List.of("rabbitmq_auth_mechanism_ssl"));
        assumeTrue(found.isPresent(), TestBroker.ABSENT);
        broker = found.orElseThrow();
        assertThat(broker.run(List.of("rabbitmqctl", "add_user", "fr.health.ptfsas", "unused")))
                .isZero();
        assertThat(broker.run(List.of("rabbitmqctl", "set_permissions", "fr.health.ptfsas", ".*", ".*", ".*")))
                .isZero();
    }

    @AfterAll
    static void broker_leaves() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void the_certificate_is_the_login() {
        assertThat(told(AUTHORITY.issue("CN=fr.health.ptfsas", HERE, 365))).isEqualTo("bonjour");
    }

    @Test
    void a_certificate_of_somebody_else_of_no_user_or_of_the_past_is_not() {
        assertThatThrownBy(() -> told(AUTHORITY.issue("CN=fr.health.autre", HERE, 365)))
                .isInstanceOf(AmqpException.class);
        assertThatThrownBy(() -> told(AUTHORITY.issue("CN=fr.health.ptfsas", HERE, 90)))
                .isInstanceOf(AmqpException.class);
        assertThatThrownBy(() -> told(new TestAuthority("CN=Hub Sante").issue("CN=fr.health.ptfsas", HERE, 365)))
                .isInstanceOf(AmqpException.class);
    }

    @Test
    void a_certificate_and_a_trust_that_were_renewed_on_disk_are_taken_up_without_a_restart() throws IOException {
        Path folder = Files.createTempDirectory("hub-bundle");
        Path certificate = folder.resolve("client.p12");
        Path trust = folder.resolve("trust.p12");
        Files.copy(AUTHORITY.issue("CN=fr.health.autre", HERE, 365), certificate);
        Files.copy(new TestAuthority("CN=Autre").trust(), trust);
        hub(certificate, trust).run(context -> {
            RabbitTemplate template = context.getBean(RabbitTemplate.class);
            assertThatThrownBy(() -> told(template)).isInstanceOf(AmqpException.class);

            Files.copy(AUTHORITY.trust(), trust, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(
                    AUTHORITY.issue("CN=fr.health.ptfsas", HERE, 365),
                    certificate,
                    StandardCopyOption.REPLACE_EXISTING);

            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> told(template).equals("bonjour"));
        });
    }

    private static String told(Path certificate) {
        String[] answer = new String[1];
        hub(certificate, AUTHORITY.trust()).run(context -> answer[0] = told(context.getBean(RabbitTemplate.class)));
        return answer[0];
    }

    /** What comes back of a queue that a message was left in. */
    private static String told(RabbitTemplate template) {
        template.execute(channel -> channel.queueDeclare("essai", false, false, true, null));
        template.convertAndSend("", "essai", "bonjour");
        return String.valueOf(template.receiveAndConvert("essai", 10_000));
    }

    private static ApplicationContextRunner hub(Path certificate, Path trust) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, RabbitAutoConfiguration.class))
                .withUserConfiguration(Login.class)
                .withPropertyValues(
                        "hub.lrm.by-certificate=true",
                        "hub.lrm.sender=fr.health.ptfsas",
                        "spring.rabbitmq.host=127.0.0.1",
                        "spring.rabbitmq.port=" + PORT,
                        "spring.rabbitmq.ssl.enabled=true",
                        "spring.rabbitmq.ssl.bundle=hub-sante",
                        "spring.ssl.bundle.jks.hub-sante.keystore.location=file:" + certificate,
                        "spring.ssl.bundle.jks.hub-sante.keystore.password=" + TestAuthority.PASSWORD,
                        "spring.ssl.bundle.watch.file.quiet-period=50ms",
                        "spring.ssl.bundle.jks.hub-sante.reload-on-update=true",
                        "spring.ssl.bundle.jks.hub-sante.truststore.location=file:" + trust,
                        "spring.ssl.bundle.jks.hub-sante.truststore.password=" + TestAuthority.PASSWORD);
    }

    static class Login {
        @Bean
        ConnectionFactoryCustomizer loginByCertificate(
                Environment environment, RabbitProperties line, SslBundles bundles) {
            return new Broker()
                    .loginByCertificate(
                            Binder.get(environment).bindOrCreate("hub.lrm", LrmSettings.class), line, bundles);
        }
    }
}
