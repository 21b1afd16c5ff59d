package fr.sas.hub.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.slot.StorableText;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of a resource, and what is compared, are the same bytes with every release: otherwise all would change once. */
class ResourceContentTest {

    private static final ResourceAddress SLOT = new ResourceAddress("Slot", "1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Slot\",\"id\":\"1\",\"comment\":\"é œ € 😀 / \\\" \\\\ \\n \\u2028\"}",
                "{\"resourceType\":\"Slot\",\"id\":\"1\",\"a\":[1,1.0,1.10,-0,1e3,1E-7,123456789012345678901234567890,null,true,[],{}]}"
            })
    void the_digest_is_that_of_the_json_that_is_stored(String json) {
        ResourceContent content = content(json);

        assertThat(content.json()).isEqualTo(PushJson.tree(json).toString());
        assertThat(content.digest()).isEqualTo(ResourceContent.digest(content.json()));
    }

    @Test
    void neither_version_nor_date_counts() {
        String bare = "{\"resourceType\":\"Slot\",\"id\":\"1\",\"status\":\"free\"}";
        ResourceContent dated = content(
                "{\"resourceType\":\"Slot\",\"id\":\"1\",\"meta\":{\"versionId\":\"7\",\"lastUpdated\":\"2026-06-12T16:40:00Z\"},\"status\":\"free\"}");

        assertThat(dated.digest()).isEqualTo(content(bare).digest());
        assertThat(dated.json()).contains("lastUpdated").doesNotContain("versionId");
    }

    @Property(tries = 500)
    void any_text_that_can_be_stored_is_written_as_it_is(@ForAll String text) {
        Assume.that(StorableText.isStorable(text));
        ObjectNode json = PushJson.MAPPER.createObjectNode().put("id", "1").put("comment", text);

        assertThat(PushJson.bytes(json)).isEqualTo(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ResourceContent content(String json) {
        ObjectNode resource = (ObjectNode) PushJson.tree(json);
        return ResourceContent.of("vendor", SLOT, resource, ResourceContent.ComparableContent.of(resource));
    }
}
