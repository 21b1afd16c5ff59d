package fr.sas.hub.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.TestAuthority;
import fr.sas.hub.vendor.ConnectorSettings;
import fr.sas.hub.vendor.DescriptorReader;
import fr.sas.hub.vendor.Secrets;
import fr.sas.hub.vendor.VendorDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A vendor that demands our certificate ({@code auth: mtls}) sees the one that lies on disk now, over real TLS. */
class VendorCertificateTest {

    /** Nobody shares the line: every turn is free. */
    private static final SharedLines ALONE =
            new SharedLines(JdbcClient.create(new JdbcTemplate()), new JdbcTransactionManager()) {
                @Override
                OptionalLong lease(
                        Source source, int turns, Duration step, Duration longest, @Nullable Instant answeredAt) {
                    return OptionalLong.of(0);
                }
            };

    private static final String HERE = "dns:localhost,ip:127.0.0.1";

    private final TestAuthority authority = new TestAuthority("CN=Autorité");
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final HttpsServer vendor = vendor();

    @AfterEach
    void the_vendor_leaves() {
        vendor.stop(0);
    }

    @Test
    void a_certificate_that_was_renewed_on_disk_is_shown_without_a_touch_of_the_descriptor() throws IOException {
        Path certificate = Files.createTempDirectory("hub-bundle").resolve("client.p12");
        Files.copy(authority.issue("CN=hub, OU=premier", HERE, 365), certificate);
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withPropertyValues(
                        "spring.ssl.bundle.watch.file.quiet-period=50ms",
                        "spring.ssl.bundle.jks.vendor.reload-on-update=true",
                        "spring.ssl.bundle.jks.vendor.keystore.location=file:" + certificate,
                        "spring.ssl.bundle.jks.vendor.keystore.password=" + TestAuthority.PASSWORD,
                        "spring.ssl.bundle.jks.vendor.truststore.location=file:" + authority.trust(),
                        "spring.ssl.bundle.jks.vendor.truststore.password=" + TestAuthority.PASSWORD)
                .run(context -> {
                    Secrets secrets = new Secrets(context.getEnvironment(), context.getBean(SslBundles.class));
                    VendorHttp http = clients(secrets)
                            .to(new VendorLine(descriptor(secrets), Instant.EPOCH, ALONE, Clock.systemUTC()));
                    assertThat(ask(http)).isEqualTo(Answer.COMPLETE);
                    assertThat(shown).containsExactly("CN=hub,OU=premier");

                    Files.copy(
                            authority.issue("CN=hub, OU=second", HERE, 365),
                            certificate,
                            StandardCopyOption.REPLACE_EXISTING);

                    await().atMost(Duration.ofSeconds(60)).until(() -> {
                        ask(http);
                        return shown.getLast().equals("CN=hub,OU=second");
                    });
                    http.end();
                });
    }

    private Answer ask(VendorHttp http) {
        return http.ask(URI.create(address() + "/Slot"), Duration.ofSeconds(20)).answer();
    }

    private String address() {
        return "https://127.0.0.1:" + vendor.getAddress().getPort();
    }

    private VendorDescriptor descriptor(Secrets secrets) throws DescriptorReader.Refused {
        return new DescriptorReader(secrets).read("v", """
                vendor: v
                name: Vendeur
                status: live
                baseUrl: %s
                flows: [individual]
                auth: { type: mtls, sslBundle: vendor }
                poll:
                  every: 60s
                  timeout: 7s
                roster: ['810000000001']
                """.formatted(address()));
    }

    private static VendorClients clients(Secrets secrets) {
        return new VendorClients(
                secrets,
                new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("hub.connector", ConnectorSettings.class),
                new Traces(
                        nothing(io.micrometer.tracing.Tracer.class),
                        nothing(io.micrometer.tracing.propagation.Propagator.class)));
    }

    private static <T> ObjectProvider<T> nothing(Class<T> type) {
        return new StaticListableBeanFactory().getBeanProvider(type);
    }

    private HttpsServer vendor() {
        try {
            SSLContext context = authority.context(authority.issue("CN=vendeur", HERE, 365));
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters demanding = context.getDefaultSSLParameters();
                    demanding.setNeedClientAuth(true);
                    parameters.setSSLParameters(demanding);
                }
            });
            server.createContext("/", exchange -> {
                X509Certificate peer = (X509Certificate)
                        ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
                shown.add(peer.getSubjectX500Principal().getName());
                byte[] answer = "{\"resourceType\":\"Bundle\"}".getBytes(UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
