package fr.sas.hub.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.slot.StorableText;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON whose strings and names can all be stored, as defined by {@link StorableText}. */
public final class StorableJson {

    private StorableJson() {}

    /**
     * Path of the first string or name that cannot be stored, such as {@code .name[0].family}; empty for the value
     * itself; null when everything can be stored.
     */
    public static @Nullable String firstUnstorable(JsonNode json) {
        return isStorable(json) ? null : firstUnstorable(json, "");
    }

    private static boolean isStorable(JsonNode json) {
        if (json.isTextual()) {
            return StorableText.isStorable(json.textValue());
        }
        if (json.isObject()) {
            for (Map.Entry<String, JsonNode> field : json.properties()) {
                if (!StorableText.isStorable(field.getKey()) || !isStorable(field.getValue())) {
                    return false;
                }
            }
        } else if (json.isArray()) {
            for (JsonNode element : json) {
                if (!isStorable(element)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static @Nullable String firstUnstorable(JsonNode json, String path) {
        if (json.isTextual()) {
            return StorableText.isStorable(json.textValue()) ? null : path;
        }
        if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                String found = firstUnstorable(json.get(i), path + "[" + i + "]");
                if (found != null) {
                    return found;
                }
            }
        } else if (json.isObject()) {
            for (Map.Entry<String, JsonNode> field : json.properties()) {
                String below = path + "." + StorableText.repaired(field.getKey());
                String found =
                        StorableText.isStorable(field.getKey()) ? firstUnstorable(field.getValue(), below) : below;
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /**
     * Replaces each character that cannot be stored by U+FFFD, in place, so existing references to nodes stay valid.
     */
    public static void repair(JsonNode json) {
        if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, StorableText.repaired(array.get(i).textValue()));
                } else {
                    repair(array.get(i));
                }
            }
        } else if (json instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : new ArrayList<>(object.properties())) {
                JsonNode value = field.getValue();
                String name = StorableText.repaired(field.getKey());
                if (!name.equals(field.getKey())) {
                    object.remove(field.getKey());
                    object.set(name, value);
                }
                if (value.isTextual()) {
                    object.put(name, StorableText.repaired(value.textValue()));
                } else {
                    repair(value);
                }
            }
        }
    }

    /**
     * Whether UTF-8 JSON may contain a character that cannot be stored. Fast, with false positives: a surrogate pair
     * written as two escapes counts.
     */
    public static boolean mayBeUnstorable(byte[] utf8) {
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            if (b == '\\') {
                i++;
                if (i < utf8.length && escapesUnstorable(utf8, i)) {
                    return true;
                }
            } else if (b < ' ') {
                if (b >= 0 ? !StorableText.isStorable((char) b) : mayBeUnstorable(utf8, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** ED A0…BF begins half of a surrogate pair; EF BF BE and EF BF BF are noncharacters. */
    private static boolean mayBeUnstorable(byte[] utf8, int at) {
        int first = utf8[at] & 0xFF;
        int second = at + 1 < utf8.length ? utf8[at + 1] & 0xFF : 0;
        int third = at + 2 < utf8.length ? utf8[at + 2] & 0xFF : 0;
        return first == 0xED && second >= 0xA0 || first == 0xEF && second == 0xBF && third >= 0xBE;
    }

    /** Backspace and form feed have one-letter escapes (RFC 8259 §7) but cannot be stored. */
    private static boolean escapesUnstorable(byte[] utf8, int at) {
        return switch (utf8[at]) {
            case 'b', 'f' -> true;
            case 'u' -> at + 4 < utf8.length && !StorableText.isStorable(escaped(utf8, at + 1));
            default -> false;
        };
    }

    /** U+0000 when the escape is not a valid number. */
    private static char escaped(byte[] utf8, int at) {
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(utf8[i], 16);
            if (digit < 0) {
                return 0;
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }
}
