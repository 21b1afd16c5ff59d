package fr.sas.hub.demo;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.HubApplication;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.testing.VendorBook.Doctor;
import fr.sas.hub.testing.VendorBook.Office;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;

/**
 * The demo, {@code mvn spring-boot:test-run}: the hub with five fake vendors, a small directory, settings and agenda
 * entries. The annotation tells the plugin which of the tests' main classes is meant.
 */
@Profile("demo")
@SpringBootApplication
public class DemoHub {

    private static final Path HOME = Path.of("target/demo");
    private static final Duration FIRST_SLOTS_WITHIN = Duration.ofSeconds(45);
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws Exception {
        Console console = new Console(System.out);
        console.line("Starting the demo …");
        Running demo = start(HOME, List.of(arguments));
        DemoRequests requests = demo.requests();
        List<Doctor> shown = shown(demo.doctors());
        new DemoEntries(requests, console).type(demo.doctors(), demo.vendors().soleil(), Instant.now());
        try {
            await().atMost(FIRST_SLOTS_WITHIN)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> sources(requests.slots(shown).send()).size() == 5);
        } catch (ConditionTimeoutException e) {
            console.line("  Some vendors are not heard of yet; so far: "
                    + sources(requests.slots(shown).send()));
        }
        new DemoNotice(console).print(demo, requests, shown);
    }

    /**
     * Each start begins with an empty database, whatever an older version of the hub left there: nobody else reads it, for
     * whom the hub's own strategy would wait.
     */
    @Bean
    @Primary
    FlywayMigrationStrategy fromScratch() {
        return flyway -> {
            flyway.clean();
            flyway.migrate();
        };
    }

    /** @param hub base address without slash at the end */
    record Running(
            String hub,
            List<Doctor> doctors,
            DemoVendors vendors,
            DemoProvider provider,
            DemoMailbox mailbox,
            ConfigurableApplicationContext context)
            implements AutoCloseable {

        DemoRequests requests() {
            return new DemoRequests(hub, Instant.now());
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /** @param home folder of the demo's own; descriptors of an earlier run are replaced */
    static Running start(Path home, List<String> arguments) throws IOException {
        Files.createDirectories(home);
        DemoDirectory directory = DemoDirectory.read();
        directory.copyTo(home);
        DemoVendors vendors = DemoVendors.start(directory.doctors(), home.resolve("connectors"));
        DemoProvider provider = DemoProvider.start(directory.doctors(), home);
        DemoMailbox mailbox = DemoMailbox.start();
        List<String> all = new ArrayList<>(arguments);
        all.add("--spring.mail.host=127.0.0.1");
        all.add("--spring.mail.port=" + mailbox.port());
        all.add("--hub.contact.addressees[0].email=assistance@demo.example");
        all.add("--hub.mail.pages=http://127.0.0.1:" + port(arguments));
        all.add("--hub.sign-in.issuer=" + provider.issuer());
        all.add("--demo.home=" + home);
        ConfigurableApplicationContext context;
        try {
            context = SpringApplication.from(HubApplication::main)
                    .withAdditionalProfiles("demo")
                    .run(all.toArray(String[]::new))
                    .getApplicationContext();
        } catch (RuntimeException e) {
            vendors.close();
            provider.close();
            mailbox.close();
            throw e;
        }
        context.addApplicationListener((ApplicationListener<ContextClosedEvent>) closed -> {
            vendors.close();
            provider.close();
            mailbox.close();
        });
        String hub = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
        return new Running(hub, directory.doctors(), vendors, provider, mailbox, context);
    }

    private static String port(List<String> arguments) {
        String named = "--server.port=";
        return arguments.stream()
                .filter(argument -> argument.startsWith(named))
                .map(argument -> argument.substring(named.length()))
                .findFirst()
                .orElse("8080");
    }

    /** Practitioners of several vendors, in several towns, one of them overseas; with agenda entries. */
    static List<Doctor> shown(List<Doctor> doctors) {
        return List.of(doctors.get(6), doctors.get(10), doctors.get(12), doctors.get(46));
    }

    /** Somebody whom no vendor knows; with agenda entries. */
    static Doctor withoutSoftware(List<Doctor> doctors) {
        return doctors.get(17);
    }

    /** Somebody who works at two addresses. */
    static Doctor withTwoPlaces(List<Doctor> doctors) {
        return doctors.get(8);
    }

    /** Somebody who has never been here. */
    static Doctor onAFirstVisit(List<Doctor> doctors) {
        return doctors.get(22);
    }

    /** Two who work at a health centre. */
    static List<Doctor> salaried(List<Doctor> doctors) {
        return List.of(doctors.get(11), doctors.get(32));
    }

    static Office centre(List<Doctor> doctors) {
        return salaried(doctors).getFirst().offices().getFirst();
    }

    /** The sources whose slots stand in an answer, leading or not. */
    static Set<String> sources(HttpResponse<String> answer) throws IOException {
        Set<String> sources = new TreeSet<>();
        for (JsonNode entry : JSON.readTree(answer.body()).path("entry")) {
            JsonNode slot = entry.path("resource");
            if (slot.path("resourceType").asText().equals("Slot")) {
                sources.add(slot.at("/meta/source").asText());
                for (JsonNode other : slot.path("extension")) {
                    if (other.path("url").asText().equals(FhirVocabulary.OTHER_SOURCE)) {
                        other.path("extension").findValues("valueString").forEach(v -> sources.add(v.asText()));
                    }
                }
            }
        }
        return sources;
    }
}
