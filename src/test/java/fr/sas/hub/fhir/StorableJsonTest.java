package fr.sas.hub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.slot.StorableText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

/** Which texts can be kept, and what becomes of the others. */
class StorableJsonTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonMapper ESCAPING =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Property(tries = 500)
    void a_repaired_text_can_be_kept_and_differs_only_where_it_could_not(
            @ForAll @CharRange(from = 0, to = 0xFFFF) String text) {
        String repaired = StorableText.repaired(text);

        assertThat(StorableText.isStorable(repaired)).isTrue();
        assertThat(new String(repaired.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(repaired);
        assertThat(repaired).hasSameSizeAs(text).doesNotContain("\0");
        for (int i = 0; i < text.length(); i++) {
            assertThat(repaired.charAt(i)).isIn(text.charAt(i), '\uFFFD');
        }
        assertThat(StorableText.isStorable(text)).isEqualTo(repaired.equals(text));
    }

    @Property(tries = 500)
    void the_quick_look_at_the_bytes_misses_nothing(@ForAll @CharRange(from = 0, to = 0xFFFF) String text)
            throws JsonProcessingException {
        ObjectNode json = JSON.createObjectNode().put("name", text);

        assertThat(StorableJson.mayBeUnstorable(ESCAPING.writeValueAsBytes(json)))
                .isIn(true, StorableJson.firstUnstorable(json) != null);
        assertThat(StorableJson.mayBeUnstorable(
                        ("{\"name\":\"é…œ 12 rue \\u00e9 \\\\u0000 \\t\"}").getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void an_escape_of_one_letter_is_seen_too() {
        for (String text : List.of("\\b", "\\f", "\\u0008", "\\u000C", "\\\\\\b")) {
            assertThat(StorableJson.mayBeUnstorable(
                            ("{\"name\":\"12 rue" + text + "\"}").getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isTrue();
        }
        assertThat(StorableJson.mayBeUnstorable("\"\\n\\r\\t\\/\\\"\\\\b\"".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void what_cannot_be_kept_is_found_with_its_path_in_texts_and_names_and_repaired_in_place()
            throws JsonProcessingException {
        JsonNode json = JSON.readTree(
                "{\"id\": \"a\", \"name\": [{\"given\": [\"Zo\\u00eb\", \"\\ud83d\\ude00\", \"A\\ud83d\"]}], \"b\\u0000\": {\"c\": \"\\uffff\"}}");

        assertThat(StorableJson.firstUnstorable(json)).isEqualTo(".name[0].given[2]");
        StorableJson.repair(json);
        assertThat(StorableJson.firstUnstorable(json)).isNull();
        assertThat(json.toString())
                .isEqualTo(
                        "{\"id\":\"a\",\"name\":[{\"given\":[\"Zoë\",\"😀\",\"A\uFFFD\"]}],\"b\uFFFD\":{\"c\":\"\uFFFD\"}}");
    }
}
