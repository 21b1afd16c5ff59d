package fr.sas.hub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** The whole hub over HTTP on a random port, with an empty real PostgreSQL and the callers of {@code application-test.yaml}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock(providers = OneHubOneTest.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = HubTest.FreshDatabase.class)
@ActiveProfiles("test")
public @interface HubTest {

    class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            Path connectors = newFolder();
            TestPropertyValues.of(
                            "spring.datasource.url=" + TestDatabase.fresh(),
                            "spring.datasource.username=postgres",
                            "hub.connectors=" + connectors)
                    .applyTo(context);
        }

        private static Path newFolder() {
            try {
                return Files.createTempDirectory("hub-connectors");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
