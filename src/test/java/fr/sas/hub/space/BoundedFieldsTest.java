package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.Visit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be typed has an end, which the browser knows, and of which a page tells whoever goes past it. */
class BoundedFieldsTest extends RightsMatrix {

    private static final Pattern FIELD = Pattern.compile("<(?:input|textarea)\\b[^>]*>");
    private static final Pattern CHOSEN =
            Pattern.compile("type=\"(?:hidden|radio|checkbox|date|time|datetime-local|number|file|submit|password)\"");

    @Test
    void every_field_into_which_text_is_typed_says_how_much_it_takes() throws IOException {
        try (Stream<Path> templates = Files.walk(Path.of("src/main/resources/templates"))) {
            List<String> fields = templates
                    .filter(path -> path.toString().endsWith(".html"))
                    .flatMap(BoundedFieldsTest::typed)
                    .toList();

            assertThat(fields)
                    .isNotEmpty()
                    .allSatisfy(field -> assertThat(field).contains("maxlength="));
        }
    }

    private static Stream<String> typed(Path template) {
        try {
            return FIELD.matcher(Files.readString(template))
                    .results()
                    .map(MatchResult::group)
                    .filter(field -> !CHOSEN.matcher(field).find());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_search_that_is_too_long_is_refused_beside_its_field() {
        Visit manager = everybody.signedIn(people.email("comptes"));

        assertThat(List.of("/espace/comptes?recherche=", "/espace/structures?nom="))
                .allSatisfy(search -> {
                    HttpResponse<String> answer = manager.send("GET", search + "a".repeat(300), "");

                    assertThat(answer.statusCode()).as(search).isEqualTo(422);
                    assertThat(answer.body())
                            .contains("caractères au plus", "aria-invalid=\"true\"")
                            .doesNotContain("Aucun compte", "Aucune structure");
                });
    }

    @Test
    void a_search_for_a_character_that_no_name_has_is_answered_as_any_other() {
        Visit manager = everybody.signedIn(people.email("comptes"));

        assertThat(List.of("/espace/comptes?recherche=%00", "/espace/structures?nom=a%00b"))
                .allSatisfy(search -> assertThat(manager.send("GET", search, "").statusCode())
                        .as(search)
                        .isBetween(200, 499));
    }
}
