package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hubs in processes of their own, with the embedded database of one folder: started twice, killed, and their database killed. */
class TwoHubsInOneFolderTest {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    /** Three starts, on a machine that has other things to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<Process> hubs = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void everything_stops() throws Exception {
        for (Process hub : hubs) {
            hub.destroy();
            if (!hub.waitFor(30, TimeUnit.SECONDS)) {
                hub.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void one_lives_there_the_second_says_so_and_ends_and_killing_the_hub_or_its_database_ends_nothing()
            throws Exception {
        int first = start();
        await().atMost(PATIENCE).until(() -> isReady(first));
        long database = postmaster();
        List<String> before = files();

        int second = start();
        assertThat(hubs.get(second).waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();

        assertThat(hubs.get(second).exitValue()).isEqualTo(4);
        assertThat(lines(second))
                .as("what the second said")
                .filteredOn(line -> line.matches("^\\d{4}-.*"))
                .last()
                .asString()
                .contains("Another hub (pid " + hubs.get(first).pid() + ") uses " + folder.resolve("data"));
        assertThat(lines(second)).noneMatch(line -> line.startsWith("\tat ") || line.contains("WARN"));
        assertThat(postmaster()).isEqualTo(database);
        assertThat(files()).isEqualTo(before);
        assertThat(isReady(first)).isTrue();

        hubs.get(first).destroyForcibly().waitFor();
        int third = start();
        await().atMost(PATIENCE).until(() -> isReady(third));
        assertThat(lines(third))
                .anyMatch(line -> line.contains("A database from an earlier run (pid " + database + ")"));

        long killed = postmaster();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE)
                .until(() ->
                        lines(third).stream().anyMatch(line -> line.contains("The embedded database is running again"))
                                && isReady(third));
        assertThat(postmaster()).isNotEqualTo(killed);
    }

    private int start() throws IOException {
        int number = hubs.size();
        hubs.add(HubProcess.start(
                log(number).getName(),
                List.of(
                        "--server.port=0",
                        "--hub.data=" + folder.resolve("data"),
                        "--hub.connectors=" + Files.createDirectories(folder.resolve("connectors")))));
        return number;
    }

    private static File log(int number) {
        return new File("target/hub-in-one-folder-" + number + ".log");
    }

    private static List<String> lines(int number) throws IOException {
        return Files.readAllLines(log(number).toPath());
    }

    private static boolean isReady(int number) throws IOException {
        Matcher port = PORT.matcher(String.join("\n", lines(number)));
        return port.find()
                && HubClient.at(Integer.parseInt(port.group(1)))
                                .get("/actuator/health/readiness")
                                .statusCode()
                        == 200;
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("data"))) {
            return all.map(Path::toString).sorted().toList();
        }
    }
}
