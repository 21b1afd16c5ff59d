package fr.sas.hub.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildContainedResources;
import ca.uhn.fhir.context.RuntimeChildDirectResource;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Extension;
import org.jspecify.annotations.Nullable;

/**
 * Coerces a resource's JSON to the types that FHIR R4 defines for its elements, so that later readers find lists where
 * lists are expected and strings where strings are expected.
 */
public final class FhirShapes {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Set<String> RESOURCES = FHIR.getResourceTypes();
    private static final Map<String, Map<String, Element>> OF_RESOURCES = new ConcurrentHashMap<>();
    private static final Map<Class<?>, Map<String, Element>> OF_TYPES = new ConcurrentHashMap<>();
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");
    private static final Set<String> TIMES = Set.of("date", "dateTime", "instant");
    private static final Set<String> NUMBERS = Set.of("decimal", "integer", "positiveInt", "unsignedInt");

    private static final Set<String> MEANING = Set.of("modifierExtension", "implicitRules");

    private static final Map<String, Element> BUNDLE_HEAD = ofBundleHead();
    private static final Map<String, Element> BUNDLE_ENTRY = elements(
            (BaseRuntimeElementCompositeDefinition<?>) FHIR.getElementDefinition(Bundle.BundleEntryComponent.class));

    private FhirShapes() {}

    /** Notified of every value that is removed or corrected. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param path such as {@code .identifier[0].value}
         * @param empty true when the value was empty, false when it was of another type
         */
        void hear(String path, boolean empty);
    }

    private enum Kind {
        RESOURCE,
        EXTENSION,
        COMPOSITE,
        TEXT,
        BOOLEAN,
        NUMBER,
        TIME_OF_DAY,
        DATE_TIME
    }

    /** @param type null unless the kind is a composite */
    private record Element(
            Kind kind, boolean repeats, @Nullable BaseRuntimeElementCompositeDefinition<?> type) {}

    public static boolean isResource(String type) {
        return RESOURCES.contains(type);
    }

    /**
     * Corrects a resource in place. Empty values are removed. A single value is wrapped in a list where the element
     * repeats, and the first of several values replaces the list where it does not; numbers and booleans are parsed
     * from strings, and strings made from them. An unreadable time is reported but left for the reader to handle. Any
     * other value of the wrong type is removed. Unknown elements are left unchanged, and so is what changes a meaning,
     * whatever it contains: modifier extensions and implicit rules.
     */
    public static void straighten(ObjectNode resource, Listener listener) {
        String type = resource.path("resourceType").asText();
        if (isResource(type)) {
            Map<String, Element> elements = OF_RESOURCES.computeIfAbsent(type, FhirShapes::ofResource);
            if (!isRight(resource, elements)) {
                straighten(resource, elements, "", listener);
            }
        }
    }

    /** As {@link #straighten}, for a Bundle; its entries, unless they are empty, are left as they are. */
    public static void straightenHead(ObjectNode bundle, Listener listener) {
        if (!isRight(bundle, BUNDLE_HEAD)) {
            straighten(bundle, BUNDLE_HEAD, "", listener);
        }
    }

    /** As {@link #straighten}, for an entry of a Bundle; its resource, unless it is empty, is left as it is. */
    public static void straightenEntry(ObjectNode entry, Listener listener) {
        if (!isRight(entry, BUNDLE_ENTRY)) {
            straighten(entry, BUNDLE_ENTRY, "", listener);
        }
    }

    /** The items of a list; or the one value that stands where a list belongs, if it is an object. */
    public static Iterable<JsonNode> items(JsonNode several) {
        return several.isObject() && !several.isEmpty() ? List.of(several) : several;
    }

    /** Fast path without building paths: nearly every resource is already right. */
    private static boolean isRight(ObjectNode object, Map<String, Element> elements) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            Element element = elements.get(field.getKey());
            if (isEmpty(value) || element != null && !isRight(value, element)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRight(JsonNode value, Element element) {
        if (!element.repeats()) {
            return isOneRight(value, element);
        }
        if (!value.isArray()) {
            return false;
        }
        for (JsonNode one : value) {
            if (isEmpty(one) || !isOneRight(one, element)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOneRight(JsonNode value, Element element) {
        if (!(value instanceof ObjectNode object)) {
            return value.isValueNode() && fits(value, element);
        }
        return switch (element.kind()) {
            case COMPOSITE -> isRight(object, ofType(element));
            case EXTENSION -> object.path("url").isTextual() && isRight(object, ofType(element));
            case RESOURCE -> {
                String type = object.path("resourceType").asText();
                yield isResource(type) && isRight(object, OF_RESOURCES.computeIfAbsent(type, FhirShapes::ofResource));
            }
            default -> false;
        };
    }

    private static void straighten(ObjectNode object, Map<String, Element> elements, String path, Listener listener) {
        List<String> gone = null;
        Map<String, JsonNode> changed = null;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            JsonNode right;
            if (isEmpty(value)) {
                if (!name.startsWith("_")) {
                    listener.hear(path + "." + name, true);
                }
                right = null;
            } else {
                Element element = elements.get(name);
                right = element == null ? value : right(value, element, path, name, listener);
            }
            if (right == null) {
                gone = gone == null ? new ArrayList<>(2) : gone;
                gone.add(name);
            } else if (right != value) {
                changed = changed == null ? new HashMap<>(4) : changed;
                changed.put(name, right);
            }
        }
        if (changed != null) {
            object.setAll(changed);
        }
        if (gone != null) {
            object.remove(gone);
        }
    }

    private static boolean isEmpty(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> true;
            case ARRAY, OBJECT -> value.isEmpty();
            case STRING -> value.textValue().isBlank();
            default -> false;
        };
    }

    /** Null when nothing is left of it. */
    private static @Nullable JsonNode right(
            JsonNode value, Element element, String path, String name, Listener listener) {
        if (value instanceof ArrayNode several) {
            if (element.repeats()) {
                straighten(several, element, path + "." + name, listener);
                return several.isEmpty() ? null : several;
            }
            listener.hear(path + "." + name, false);
            return isEmpty(several.get(0)) ? null : one(several.get(0), element, path + "." + name, SILENT);
        }
        if (!element.repeats()) {
            return value.isContainerNode() || !fits(value, element)
                    ? one(value, element, path + "." + name, listener)
                    : value;
        }
        listener.hear(path + "." + name, false);
        JsonNode only = one(value, element, path + "." + name, SILENT);
        return only == null ? null : JsonNodeFactory.instance.arrayNode().add(only);
    }

    private static final Listener SILENT = (path, empty) -> {};

    private static void straighten(ArrayNode several, Element element, String path, Listener listener) {
        int at = 0;
        int size = several.size();
        for (int i = 0; i < size; i++) {
            JsonNode value = several.get(at);
            JsonNode right = value;
            if (isEmpty(value)) {
                listener.hear(path + "[" + i + "]", true);
                right = null;
            } else if (value.isContainerNode() || !fits(value, element)) {
                right = one(value, element, path + "[" + i + "]", listener);
            }
            if (right == null) {
                several.remove(at);
            } else {
                if (right != value) {
                    several.set(at, right);
                }
                at++;
            }
        }
    }

    /** Whether a primitive value already has the element's type. */
    private static boolean fits(JsonNode value, Element element) {
        return switch (element.kind()) {
            case TEXT -> value.isTextual();
            case BOOLEAN -> value.isBoolean();
            case NUMBER -> value.isNumber();
            case TIME_OF_DAY -> value.isTextual() && isTimeOfDay(value.textValue());
            case DATE_TIME -> value.isTextual() && isDateTime(value.textValue());
            case RESOURCE, EXTENSION, COMPOSITE -> false;
        };
    }

    /** Null when nothing is left of it. */
    private static @Nullable JsonNode one(JsonNode value, Element element, String path, Listener listener) {
        if (value instanceof ObjectNode object) {
            switch (element.kind()) {
                case RESOURCE -> straightenContained(object, path, listener);
                case EXTENSION -> {
                    if (!object.path("url").isTextual()) {
                        listener.hear(path + ".url", false);
                        return null;
                    }
                    straighten(object, ofType(element), path, listener);
                }
                case COMPOSITE -> straighten(object, ofType(element), path, listener);
                default -> {
                    listener.hear(path, false);
                    return null;
                }
            }
            return object.isEmpty() ? null : object;
        }
        if (value.isValueNode() && fits(value, element)) {
            return value;
        }
        listener.hear(path, false);
        return value.isValueNode() ? converted(value, element.kind()) : null;
    }

    private static void straightenContained(ObjectNode resource, String path, Listener listener) {
        String type = resource.path("resourceType").asText();
        if (isResource(type)) {
            straighten(resource, OF_RESOURCES.computeIfAbsent(type, FhirShapes::ofResource), path, listener);
        }
    }

    /** Null when it cannot be converted to this kind. */
    private static @Nullable JsonNode converted(JsonNode value, Kind kind) {
        return switch (kind) {
            case TEXT -> TextNode.valueOf(value.asText());
            case BOOLEAN ->
                switch (value.asText().strip().toLowerCase(Locale.ROOT)) {
                    case "true" -> BooleanNode.TRUE;
                    case "false" -> BooleanNode.FALSE;
                    default -> null;
                };
            case NUMBER ->
                NUMBER.matcher(value.asText()).matches()
                        ? JsonNodeFactory.instance.numberNode(new BigDecimal(value.asText()))
                        : null;
            case DATE_TIME -> value.isTextual() ? value : TextNode.valueOf(value.asText());
            case TIME_OF_DAY, RESOURCE, EXTENSION, COMPOSITE -> null;
        };
    }

    private static boolean isTimeOfDay(String text) {
        try {
            return LocalTime.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        try {
            return switch (text.length()) {
                case 4 -> LocalDate.parse(text + "-01-01") != null;
                case 7 -> LocalDate.parse(text + "-01") != null;
                case 10 -> LocalDate.parse(text) != null;
                default -> FhirInstants.read(text) != null;
            };
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Map<String, Element> ofResource(String type) {
        return elements(FHIR.getResourceDefinition(type));
    }

    private static Map<String, Element> ofBundleHead() {
        Map<String, Element> elements = ofResource("Bundle");
        elements.remove("entry");
        return elements;
    }

    private static Map<String, Element> ofType(Element element) {
        BaseRuntimeElementCompositeDefinition<?> type = Objects.requireNonNull(element.type());
        return OF_TYPES.computeIfAbsent(type.getImplementingClass(), known -> elements(type));
    }

    private static Map<String, Element> elements(BaseRuntimeElementCompositeDefinition<?> type) {
        Map<String, Element> elements = new HashMap<>();
        for (BaseRuntimeChildDefinition child : type.getChildren()) {
            boolean repeats = child.getMax() != 1;
            for (String name : child.getValidChildNames()) {
                Element element = MEANING.contains(name) ? null : element(child, name, repeats);
                if (element != null) {
                    elements.put(name, element);
                }
            }
        }
        return elements;
    }

    /** Null when the element may have any type. */
    private static @Nullable Element element(BaseRuntimeChildDefinition child, String name, boolean repeats) {
        if (child instanceof RuntimeChildContainedResources) {
            return new Element(Kind.RESOURCE, true, null);
        }
        if (child instanceof RuntimeChildDirectResource) {
            return null;
        }
        BaseRuntimeElementDefinition<?> type = child.getChildByName(name);
        if (type instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
            boolean extension = type.getImplementingClass() == Extension.class;
            return new Element(extension ? Kind.EXTENSION : Kind.COMPOSITE, repeats, composite);
        }
        return type == null || type.getName().equals("xhtml") ? null : new Element(kind(type.getName()), repeats, null);
    }

    private static Kind kind(String primitive) {
        if (primitive.equals("boolean")) {
            return Kind.BOOLEAN;
        }
        if (primitive.equals("time")) {
            return Kind.TIME_OF_DAY;
        }
        return TIMES.contains(primitive) ? Kind.DATE_TIME : NUMBERS.contains(primitive) ? Kind.NUMBER : Kind.TEXT;
    }
}
