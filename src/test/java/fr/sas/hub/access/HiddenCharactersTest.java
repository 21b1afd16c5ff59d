package fr.sas.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenCharactersTest {

    @ParameterizedTest
    @CsvSource({
        "U+2028, a\u2028b",
        "U+2029, a\u2029b",
        "U+202E, a\u202Eb",
        "U+2066, a\u2066b",
        "U+200B, Mar\u200Btin",
        "U+200D, Mar\u200Dtin",
        "U+200C, Mar\u200Ctin",
        "U+200D, Martin\u200D",
        "U+00AD, Mar\u00ADtin",
        "U+FEFF, a\uFEFF",
        "U+0085, a\u0085b",
        "U+0007, a\u0007b",
        "U+3164, \u3164",
        "U+E0041, a\uDB40\uDC41"
    })
    void what_nobody_sees_is_named(String name, String text) {
        assertThat(HiddenCharacters.first(text)).hasValue(name);
        assertThat(HiddenCharacters.fault(text).orElseThrow().french()).contains("caractère invisible (" + name + ")");
        assertThat(HiddenCharacters.fault(text).orElseThrow().english()).contains("invisible character (" + name + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Anne-Élodie d'Aÿ",
                "L’Haÿ-les-Roses",
                "Œuvre",
                "e\u0301",
                "9\u202Fh\u00A030",
                "ligne\n\tsuivante\r\n",
                "\u0646\u0627\u0645\u0647\u200C\u0627\u06CC",
                "\u0D28\u0D4D\u200D\u0D31",
                "👩\u200D⚕️",
                "👩🏽\u200D⚕\uFE0F",
                "山田"
            })
    void accents_apostrophes_narrow_spaces_and_what_a_script_needs_stay(String text) {
        assertThat(HiddenCharacters.fault(text)).isEmpty();
    }

    @Test
    void every_format_character_is_hidden_between_latin_letters() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(character -> Character.getType(character) == Character.FORMAT)
                .forEach(character -> assertThat(HiddenCharacters.first("a" + Character.toString(character) + "b"))
                        .as("U+%04X", character)
                        .isPresent());
    }

    @Test
    void a_text_without_them_keeps_everything_else() {
        assertThat(HiddenCharacters.without("Mar\u200Btin\u202E \uDB40\uDC41d'A\u00FF\n👩\u200D⚕\uFE0F\u0000"))
                .isEqualTo("Martin d'A\u00FF\n👩\u200D⚕\uFE0F");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ب\u200C\u061C", "ب\u200D\u061Cx", "ب\u200C\u061C\u200D\u061C", "👩\u200D\u200B", "👩\u200D"})
    void a_text_without_them_has_no_joiner_that_joins_nothing(String text) {
        assertThat(HiddenCharacters.first(HiddenCharacters.without(text))).isEmpty();
    }
}
