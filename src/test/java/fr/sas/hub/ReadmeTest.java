package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say of the house is so. */
class ReadmeTest {

    private static final Path ROOMS = Path.of("src/main/java/fr/sas/hub");
    private static final Path DECISIONS = Path.of("docs/decisions");

    @Test
    void the_picture_shows_every_room_and_no_other() throws IOException {
        Set<String> rooms = files(ROOMS, "package-info.java").stream()
                .map(file -> ROOMS.relativize(file.getParent()))
                .filter(room -> room.getNameCount() == 1)
                .map(Path::toString)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found(picture(), "\\[(\\w+)]")).containsExactlyInAnyOrderElementsOf(rooms);
    }

    @Test
    void the_table_of_rooms_lists_every_room_of_the_picture() throws IOException {
        String table = found(readme(), "(?s)\\| room \\|(.*?)\\n\\n").getFirst();

        assertThat(found(table, "(?m)^\\| `(\\w+)` \\|"))
                .containsExactlyInAnyOrderElementsOf(found(picture(), "\\[(\\w+)]"));
    }

    @Test
    void every_setting_stands_in_the_readme_with_its_default() throws IOException {
        Map<String, String> settings = HubSettings.all();

        assertThat(settings).isNotEmpty();
        settings.forEach((name, standard) -> assertThat(readme().lines())
                .as("a row of %s with its default %s", name, standard)
                .anyMatch(line -> line.startsWith("| `" + name + "` |")
                        && (standard.isEmpty() || line.contains("| " + standard + " |"))));
    }

    @Test
    void every_decision_record_is_listed_and_begins_with_its_number() throws IOException {
        List<String> records = files(DECISIONS, ".md").stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("README.md"))
                .toList();

        assertThat(found(Files.readString(DECISIONS.resolve("README.md")), "\\]\\(([^)]+)\\)"))
                .containsExactlyInAnyOrderElementsOf(records);
        for (String name : records) {
            assertThat(Files.readString(DECISIONS.resolve(name))).startsWith("# " + name.substring(0, 4) + " ");
        }
    }

    @Test
    void every_decision_that_the_code_cites_is_there() throws IOException {
        for (Path source : files(Path.of("src/main/java"), ".java")) {
            for (String cited : found(Files.readString(source), "docs/decisions/(\\d{4})")) {
                assertThat(files(DECISIONS, ".md"))
                        .as("record %s, cited by %s", cited, source)
                        .anyMatch(file -> file.getFileName().toString().startsWith(cited + "-"));
            }
        }
    }

    @Test
    void every_profile_is_explained() throws IOException {
        List<String> profiles = files(Path.of("fhir-profiles"), ".json").stream()
                .map(file -> file.getFileName().toString())
                .toList();

        assertThat(found(Files.readString(Path.of("fhir-profiles/README.md")), "`([^`]+\\.json)`"))
                .containsExactlyInAnyOrderElementsOf(profiles);
    }

    @Test
    void no_link_leads_nowhere() throws IOException {
        List<Path> documents = Stream.of(
                        List.of(Path.of("README.md"), Path.of("fhir-profiles/README.md")),
                        files(Path.of("docs"), ".md"))
                .flatMap(List::stream)
                .toList();
        for (Path document : documents) {
            for (String link : found(Files.readString(document), "\\]\\((?!https?:)([^)#]+)")) {
                assertThat(document.toAbsolutePath().resolveSibling(link).normalize())
                        .as("a link of %s", document)
                        .exists();
            }
        }
    }

    /** The block of the README that has arrows in it. */
    private static String picture() throws IOException {
        return found(readme(), "(?s)```text\\n(.*?)```").stream()
                .filter(block -> block.contains("▶"))
                .findFirst()
                .orElseThrow();
    }

    private static String readme() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
