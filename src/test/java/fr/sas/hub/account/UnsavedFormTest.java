package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type into any form of the pages is given back when it could not be saved. */
class UnsavedFormTest {

    private static final Path RESOURCES = Path.of("src/main/resources");

    private static final Pattern FORM = Pattern.compile("(?s)<form\\b[^>]*method=\"post\".*?</form>");
    private static final Pattern FIELD = Pattern.compile("(?s)<(input|textarea)\\b[^>]*?\\sname=\"(\\w+)\"[^>]*>");
    private static final Pattern LINE = Pattern.compile(":: line\\('(\\w+)'");
    private static final Pattern CLICKED = Pattern.compile("\\stype=\"(hidden|checkbox|radio|file)\"");

    /** One narrows a list and is saved nowhere, the other is seen by robots only. */
    private static final Set<String> NOT_SAVED = Set.of("search", "website");

    @Test
    void every_field_that_is_typed_is_known_and_there_are_no_others() throws IOException {
        assertThat(UnsavedForm.TYPED).containsExactlyInAnyOrderElementsOf(typedFields());
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages.properties", "messages_fr.properties"})
    void every_field_has_a_name(String file) throws IOException {
        Properties messages = new Properties();
        try (var reader = Files.newBufferedReader(RESOURCES.resolve(file))) {
            messages.load(reader);
        }

        assertThat(messages.stringPropertyNames())
                .containsAll(UnsavedForm.TYPED.stream()
                        .map(field -> "people.error.typed." + field)
                        .toList());
    }

    private static Set<String> typedFields() throws IOException {
        try (Stream<Path> templates = Files.walk(RESOURCES.resolve("templates/people"))) {
            List<String> forms = templates
                    .filter(path -> path.toString().endsWith(".html"))
                    .flatMap(path -> FORM.matcher(read(path)).results().map(found -> found.group()))
                    .toList();
            return forms.stream()
                    .flatMap(UnsavedFormTest::typedIn)
                    .filter(field -> !NOT_SAVED.contains(field))
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<String> typedIn(String form) {
        return Stream.concat(
                FIELD.matcher(form)
                        .results()
                        .filter(field -> !CLICKED.matcher(field.group()).find())
                        .map(field -> field.group(2)),
                LINE.matcher(form).results().map(line -> line.group(1)));
    }

    private static String read(Path template) {
        try {
            return Files.readString(template);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
