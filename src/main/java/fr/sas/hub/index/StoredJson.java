package fr.sas.hub.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * How the documents that this room stores are read: a hub reads those of every earlier hub, and those that a newer one
 * writes during an upgrade. Their fields are written and read by hand, so that other rooms may change their records. A
 * missing field has its default; a field or word written by a newer hub is ignored.
 *
 * <p>{@link PastDocument} has a version. {@link SlotContent} and {@link OfferContent} are compared with what the
 * sources say, text by text and by digest: a number in them would make every slot of every source another one, once per
 * upgrade and again with each node of the other release that reads a delivery. They have their first version as long as
 * they have no field {@code v}; a field may be added if it is left out where it has its default.
 */
final class StoredJson {

    private StoredJson() {}

    /** A string, or the only field of an object; null if neither. */
    static @Nullable String text(JsonNode node) {
        JsonNode value = node.isObject() && node.size() == 1 ? node.elements().next() : node;
        return value.isTextual() ? value.textValue() : null;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : array) {
            String text = text(node);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    static <T> List<T> each(JsonNode array, Function<JsonNode, T> read) {
        return StreamSupport.stream(array.spliterator(), false).map(read).toList();
    }

    /** Null for a word that this hub does not know. */
    static <E extends Enum<E>> @Nullable E constant(Class<E> words, @Nullable String text) {
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(text)) {
                return word;
            }
        }
        return null;
    }
}
