package fr.sas.hub.vendor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.HubApplication;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

/** A file in the folder of descriptors that is none: it stands for itself, and neither stops a start nor another vendor. */
@HubTest
class StrayFilesTest {

    private static final Source VENDOR = new Source("bien-range");
    private static final Source OTHER = new Source("mal-enregistre");

    @Value("${hub.connectors}")
    Path connectors;

    @Value("${spring.datasource.url}")
    String database;

    @LocalServerPort
    int port;

    @Autowired
    Vendors vendors;

    @TempDir
    Path later;

    /** Also those whom other tests of this hub left. */
    @BeforeEach
    @AfterEach
    void all_leave() throws IOException {
        try (Stream<Path> files = Files.list(connectors)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        await().until(() -> vendors.list().isEmpty() && refused(port).isEmpty());
    }

    private static String good(Source vendor) {
        return Descriptor.of(vendor.name()).mode("push").yaml();
    }

    /** Of every kind that was met, and some that were not. */
    private static void strew(Path folder) throws IOException {
        byte[] noise = new byte[4_000];
        new Random(1).nextBytes(noise);
        write(
                folder,
                "latin",
                good(new Source("latin"))
                        .replace("name: latin", "name: Éditeur")
                        .getBytes(ISO_8859_1));
        write(folder, "binaire", noise);
        write(folder, "nul", good(new Source("nul")).replace("live", "li\0ve").getBytes(UTF_8));
        write(
                folder,
                "adresse",
                good(new Source("adresse")).replace("localhost:1", "ho^st").getBytes(UTF_8));
        write(folder, "duree", (good(new Source("duree")) + "poll: {every: 99999999999999999999s}\n").getBytes(UTF_8));
        write(folder, "vide", new byte[0]);
        write(folder, "Nom Impossible", good(new Source("nom")).getBytes(UTF_8));
        write(folder, "agenda", good(new Source("agenda")).getBytes(UTF_8));
        Files.writeString(folder.resolve("court.yml"), good(new Source("court")));
        Files.createDirectory(folder.resolve("dossier.yaml"));
        Files.createSymbolicLink(folder.resolve("lien.yaml"), folder.resolve("nulle-part"));
        Files.createSymbolicLink(folder.resolve(".#lien.yaml"), folder.resolve("nulle-part"));
    }

    private static void write(Path folder, String id, byte[] bytes) throws IOException {
        Files.write(folder.resolve(id + ".yaml"), bytes);
    }

    private static List<JsonNode> refused(int port) {
        JsonNode all =
                HubClient.at(port).as("test-ops").json("/api/v1/connectors").path("refused");
        return Stream.iterate(0, i -> i < all.size(), i -> i + 1).map(all::get).toList();
    }

    private static List<String> refusedFiles(int port) {
        return refused(port).stream()
                .map(one -> Path.of(one.path("file").asText()).getFileName().toString())
                .toList();
    }

    @Test
    void each_stray_file_is_refused_with_line_and_reason_and_takes_nothing_from_the_others() throws IOException {
        strew(connectors);
        Files.writeString(connectors.resolve(VENDOR + ".yaml"), good(VENDOR));

        await().until(() -> vendors.find(VENDOR).isPresent() && refused(port).size() == 11);

        assertThat(refusedFiles(port))
                .containsExactlyInAnyOrder(
                        "latin.yaml",
                        "binaire.yaml",
                        "nul.yaml",
                        "adresse.yaml",
                        "duree.yaml",
                        "vide.yaml",
                        "Nom Impossible.yaml",
                        "agenda.yaml",
                        "court.yml",
                        "dossier.yaml",
                        "lien.yaml");
        assertThat(refused(port)).allSatisfy(one -> {
            assertThat(one.path("line").asInt()).isPositive();
            assertThat(one.path("reason").asText()).isNotBlank();
        });
        assertThat(vendors.list()).hasSize(1);
        assertThat(readiness(port)).isEqualTo(200);

        Files.delete(connectors.resolve(VENDOR + ".yaml"));
        await().until(() -> vendors.list().isEmpty());
    }

    @Test
    void the_hub_is_not_ready_while_every_descriptor_is_refused_and_ready_again_by_itself() throws IOException {
        assertThat(readiness(port)).as("nobody is a vendor yet").isEqualTo(200);

        write(
                connectors,
                VENDOR.name(),
                good(VENDOR).replace("name: bien", "name: éé").getBytes(ISO_8859_1));
        await().until(() -> readiness(port) == 503);
        assertThat(HubClient.at(port)
                        .as("test-ops")
                        .get("/actuator/health/descriptors")
                        .body())
                .contains("Descriptors are refused, and no vendor is in force");

        write(connectors, VENDOR.name(), good(VENDOR).getBytes(UTF_8));
        await().until(() -> readiness(port) == 200);
    }

    @Test
    void a_vendor_in_force_before_a_restart_stays_so_when_its_file_turned_bad_whatever_else_lies_there()
            throws IOException {
        Files.writeString(connectors.resolve(VENDOR + ".yaml"), good(VENDOR));
        Files.writeString(connectors.resolve(OTHER + ".yaml"), good(OTHER));
        await().until(() ->
                vendors.find(VENDOR).isPresent() && vendors.find(OTHER).isPresent());
        strew(later);
        Files.writeString(later.resolve(VENDOR + ".yaml"), good(VENDOR));
        write(later, OTHER.name(), good(OTHER).replace("name: mal", "name: é").getBytes(ISO_8859_1));

        try (ConfigurableApplicationContext restarted = start(database, later)) {
            assertThat(restarted.getBean(Vendors.class).list())
                    .extracting(Vendor::source)
                    .containsExactly(VENDOR, OTHER);
            assertThat(refusedFiles(portOf(restarted)))
                    .contains(OTHER + ".yaml")
                    .hasSize(12);
            assertThat(readiness(portOf(restarted))).isEqualTo(200);
        }
        try (ConfigurableApplicationContext withoutFolder = start(database, later.resolve("nowhere"))) {
            assertThat(withoutFolder.getBean(Vendors.class).list())
                    .extracting(Vendor::source)
                    .containsExactly(VENDOR, OTHER);
            assertThat(readiness(portOf(withoutFolder))).isEqualTo(200);
        }
    }

    @Test
    void a_hub_that_never_knew_a_vendor_starts_among_stray_files_and_says_that_it_is_not_ready() throws IOException {
        strew(later);

        try (ConfigurableApplicationContext first = start(TestDatabase.fresh(), later)) {
            assertThat(first.getBean(Vendors.class).list()).isEmpty();
            assertThat(readiness(portOf(first))).isEqualTo(503);
        }
    }

    private static ConfigurableApplicationContext start(String database, Path folder) {
        return new SpringApplicationBuilder(HubApplication.class)
                .profiles("test")
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + database,
                        "--spring.datasource.username=postgres",
                        "--hub.connectors=" + folder);
    }

    private static int portOf(ConfigurableApplicationContext hub) {
        return Objects.requireNonNull(hub.getEnvironment().getProperty("local.server.port", Integer.class));
    }

    private static int readiness(int port) {
        return HubClient.at(port).get("/actuator/health/readiness").statusCode();
    }
}
