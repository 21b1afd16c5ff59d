package fr.sas.hub.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a descriptor against its JSON Schema, or refuses it with line and reason. */
@Component
class DescriptorReader {

    /** A descriptor that is not taken. {@code line} counts from 1. */
    static final class Refused extends Exception {
        private final int line;

        Refused(int line, String reason) {
            super(reason);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    private static final Pattern HOLDS_CREDENTIALS = Pattern.compile("^[^/]*//[^/]*@");

    private final ObjectMapper yaml = new YAMLMapper();
    private final JsonSchema schema;
    private final Secrets secrets;

    DescriptorReader(Secrets secrets) {
        this.secrets = secrets;
        try (InputStream in = DescriptorReader.class.getResourceAsStream("/connector.schema.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(java.util.Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param id the file's name without its ending */
    VendorDescriptor read(String id, String text) throws Refused {
        Node marks = compose(text);
        JsonNode tree = tree(text);
        for (ValidationMessage fault : schema.validate(tree)) {
            String place = fault.getInstanceLocation().toString();
            throw new Refused(
                    lineOf(marks, place, fault.getProperty()),
                    (place.equals("$") ? "" : place.substring(2) + ": ")
                            + fault.getMessage().replaceFirst("^\\$[^:]*: ", ""));
        }
        if (!tree.path("vendor").asText().equals(id)) {
            throw new Refused(
                    lineOf(marks, "$.vendor", null),
                    "vendor: is " + tree.path("vendor").asText() + " but the file is named " + id);
        }
        if (HOLDS_CREDENTIALS.matcher(tree.path("baseUrl").asText()).find()) {
            throw new Refused(
                    lineOf(marks, "$.baseUrl", null),
                    "baseUrl: holds no credentials; name a secret in auth (type: basic), as reports and pages show addresses");
        }
        VendorDescriptor descriptor = descriptor(marks, tree);
        checkSecrets(descriptor.auth(), marks);
        return descriptor;
    }

    /** A name that leads nowhere is found now, not when the vendor is asked. */
    private void checkSecrets(VendorDescriptor.Auth auth, Node marks) throws Refused {
        if (auth.secret() != null && secrets.find(auth.secret()).isEmpty()) {
            throw new Refused(
                    lineOf(marks, "$.auth.secret", null),
                    "auth.secret: no secret is configured as hub.secrets." + auth.secret());
        }
        if (auth.sslBundle() != null && secrets.findBundle(auth.sslBundle()).isEmpty()) {
            throw new Refused(
                    lineOf(marks, "$.auth.sslBundle", null),
                    "auth.sslBundle: no SSL bundle is configured as spring.ssl.bundle.*." + auth.sslBundle());
        }
    }

    private static Node compose(String text) throws Refused {
        try {
            Node node = new Yaml().compose(new StringReader(text));
            if (node == null) {
                throw new Refused(1, "the file is empty");
            }
            return node;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new Refused(line, "not YAML: " + e.getProblem());
        }
    }

    private JsonNode tree(String text) throws Refused {
        try {
            return yaml.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Refused(
                    e.getLocation() == null ? 1 : e.getLocation().getLineNr(), "not YAML: " + e.getOriginalMessage());
        }
    }

    private static VendorDescriptor descriptor(Node marks, JsonNode tree) throws Refused {
        JsonNode poll = tree.path("poll");
        Vendor.Status declared =
                Vendor.Status.valueOf(constant(tree.path("status").asText()));
        return new VendorDescriptor(
                new Source(tree.path("vendor").asText()),
                tree.path("name").asText(),
                declared,
                Vendor.Mode.valueOf(constant(tree.path("mode").asText("pull"))),
                URI.create(tree.path("baseUrl").asText().replaceFirst("/+$", "")),
                constants(Flow.class, tree.path("flows")),
                auth(marks, tree.path("auth")),
                new VendorDescriptor.Poll(
                        duration(poll, "every", "60s"),
                        duration(poll, "idleEvery", "15m"),
                        duration(poll, "horizon", "72h"),
                        poll.path("practitionersPerCall").asInt(25),
                        poll.path("associationsPerCall").asInt(10),
                        poll.path("concurrency").asInt(4),
                        duration(poll, "timeout", "7s"),
                        poll.path("maxRequestsPerSecond").asInt(10)),
                constants(Quirk.class, tree.path("quirks")),
                roster(marks, tree.path("roster")),
                addresses(tree.path("filesFrom")),
                tree.path("accounts").asBoolean(false),
                VendorDescriptor.Beside.of(declared));
    }

    private static VendorDescriptor.Auth auth(Node marks, JsonNode auth) throws Refused {
        var type = VendorDescriptor.Auth.Type.valueOf(constant(auth.path("type").asText("none")));
        String secret = auth.hasNonNull("secret") ? auth.get("secret").asText() : null;
        String bundle = auth.hasNonNull("sslBundle") ? auth.get("sslBundle").asText() : null;
        boolean complete = switch (type) {
            case NONE -> true;
            case BEARER, BASIC -> secret != null;
            case MTLS -> bundle != null;
        };
        if (!complete) {
            throw new Refused(
                    lineOf(marks, "$.auth", null),
                    "auth: " + auth.path("type").asText() + " needs the name of "
                            + (type == VendorDescriptor.Auth.Type.MTLS ? "an sslBundle" : "a secret"));
        }
        return new VendorDescriptor.Auth(type, secret, bundle);
    }

    private static VendorDescriptor.Roster roster(Node marks, JsonNode roster) throws Refused {
        if (!roster.isArray()) {
            return roster.asText("declared").equals("all")
                    ? new VendorDescriptor.Roster.Everyone()
                    : new VendorDescriptor.Roster.Declared();
        }
        Set<Subject> subjects = new LinkedHashSet<>();
        for (int i = 0; i < roster.size(); i++) {
            String value = roster.get(i).asText();
            int line = lineOf(marks, "$.roster[" + i + "]", null);
            subjects.add(Subject.ofNational(value)
                    .orElseThrow(
                            () -> new Refused(line, "roster: not a national identifier with its prefix: " + value)));
        }
        return new VendorDescriptor.Roster.Listed(subjects);
    }

    private static List<URI> addresses(JsonNode texts) {
        List<URI> addresses = new ArrayList<>();
        texts.forEach(text -> addresses.add(URI.create(text.asText())));
        return addresses;
    }

    private static <E extends Enum<E>> Set<E> constants(Class<E> type, JsonNode names) {
        Set<E> constants = EnumSet.noneOf(type);
        names.forEach(name -> constants.add(Enum.valueOf(type, constant(name.asText()))));
        return constants;
    }

    private static String constant(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Duration duration(JsonNode poll, String field, String otherwise) {
        return DurationStyle.SIMPLE.parse(poll.path(field).asText(otherwise));
    }

    /** The line of a place such as {@code $.poll.every} or {@code $.roster[2]}; of the key {@code property} in it when given. */
    private static int lineOf(Node root, String place, @Nullable String property) {
        Node node = root;
        int line = root.getStartMark().getLine() + 1;
        String path = place + (property == null ? "" : "." + property);
        for (String step : path.replace("[", ".[").split("\\.")) {
            Node next = null;
            if (node instanceof MappingNode mapping) {
                for (NodeTuple tuple : mapping.getValue()) {
                    if (tuple.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals(step)) {
                        next = tuple.getValueNode();
                        line = key.getStartMark().getLine() + 1;
                    }
                }
            } else if (node instanceof SequenceNode sequence && step.startsWith("[")) {
                int index = Integer.parseInt(step.substring(1, step.length() - 1));
                if (index < sequence.getValue().size()) {
                    next = sequence.getValue().get(index);
                    line = next.getStartMark().getLine() + 1;
                }
            }
            node = next == null ? node : next;
        }
        return line;
    }
}
