package fr.sas.hub.vendor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import fr.sas.hub.slot.Quirk;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.UrlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a descriptor against its JSON Schema, or refuses it with line and reason. */
@Component
public class DescriptorReader {

    /** A refused descriptor. {@code line} counts from 1. */
    public static final class Refused extends Exception {
        private final int line;

        Refused(int line, String reason) {
            super(CONTROLS.matcher(
                            reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason)
                    .replaceAll("?"));
            this.line = line;
        }

        public int line() {
            return line;
        }
    }

    /** In bytes; a roster of every practitioner is smaller. */
    static final int LONGEST_DESCRIPTOR = 8 << 20;

    private static final int LONGEST_REASON = 500;
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final Duration A_WEEK = Duration.ofDays(7);
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");
    private static final Pattern HOLDS_CREDENTIALS = Pattern.compile("^[^/]*//[^/]*@");

    private final LoaderOptions bounds = new LoaderOptions();
    private final ObjectMapper yaml;
    private final JsonSchema schema;
    private final Secrets secrets;

    public DescriptorReader(Secrets secrets) {
        this.secrets = secrets;
        bounds.setCodePointLimit(LONGEST_DESCRIPTOR);
        this.yaml = new YAMLMapper(YAMLFactory.builder().loaderOptions(bounds).build());
        try (InputStream in = DescriptorReader.class.getResourceAsStream("/connector.schema.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(java.util.Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Decodes a file, which must be UTF-8 and contain no invisible characters. */
    static String text(byte[] bytes) throws Refused {
        if (bytes.length > LONGEST_DESCRIPTOR) {
            throw new Refused(1, "has more than " + (LONGEST_DESCRIPTOR >> 20) + " MB");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new Refused(
                    lineOf(text, text.length()),
                    "is not UTF-8 there (byte 0x%02X): save the file as UTF-8".formatted(bytes[in.position()]));
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r') {
                throw new Refused(lineOf(text, i), "a control character, U+%04X".formatted((int) c));
            }
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static int lineOf(String text, int position) {
        return 1
                + (int) text.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /** @param id the file's name without extension */
    public VendorDescriptor read(String id, String text) throws Refused {
        try {
            return parse(id, text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new Refused(1, "cannot be parsed: " + e);
        }
    }

    private VendorDescriptor parse(String id, String text) throws Refused {
        Node marks = compose(text);
        checkKeys(marks, Collections.newSetFromMap(new IdentityHashMap<>()));
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
                    "baseUrl: must not contain credentials; name a secret in auth (type: basic), as reports and pages show addresses");
        }
        VendorDescriptor descriptor = descriptor(marks, tree);
        checkSecrets(descriptor.auth(), marks);
        return descriptor;
    }

    /** A name that does not resolve is reported now, not at the first request to the vendor. */
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

    /** A duplicate key is refused as ambiguous. */
    private static void checkKeys(Node node, Set<Node> seen) throws Refused {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof SequenceNode sequence) {
            for (Node one : sequence.getValue()) {
                checkKeys(one, seen);
            }
        }
        if (node instanceof MappingNode mapping) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
                    throw new Refused(key.getStartMark().getLine() + 1, key.getValue() + ": is given twice");
                }
                checkKeys(tuple.getValueNode(), seen);
            }
        }
    }

    private Node compose(String text) throws Refused {
        try {
            Node node = new Yaml(bounds).compose(new StringReader(text));
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
                address(
                        marks,
                        "$.baseUrl",
                        UrlText.withoutSlashesAtEnd(tree.path("baseUrl").asText())),
                constants(Flow.class, tree.path("flows")),
                auth(marks, tree.path("auth")),
                new VendorDescriptor.Poll(
                        duration(marks, poll, "every", "60s", ONE_SECOND, A_WEEK),
                        duration(marks, poll, "idleEvery", "15m", ONE_SECOND, A_WEEK),
                        duration(marks, poll, "seekEvery", "12h", ONE_SECOND, Duration.ofDays(30)),
                        duration(marks, poll, "horizon", "72h", Duration.ofHours(1), Duration.ofDays(90)),
                        poll.path("practitionersPerCall").asInt(25),
                        poll.path("associationsPerCall").asInt(10),
                        poll.path("concurrency").asInt(4),
                        duration(marks, poll, "timeout", "7s", Duration.ofMillis(100), Duration.ofMinutes(2)),
                        poll.path("maxRequestsPerSecond").asInt(10)),
                constants(Quirk.class, tree.path("quirks")),
                roster(marks, tree.path("roster")),
                addresses(marks, tree.path("filesFrom")),
                tree.path("accounts").asBoolean(false),
                VendorDescriptor.OperationalState.of(declared));
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
                    "auth: " + auth.path("type").asText() + " requires the name of "
                            + (type == VendorDescriptor.Auth.Type.MTLS ? "an sslBundle" : "a secret"));
        }
        return new VendorDescriptor.Auth(type, secret, bundle);
    }

    private static VendorDescriptor.Roster roster(Node marks, JsonNode roster) throws Refused {
        if (!roster.isArray()) {
            return switch (roster.asText("learnt")) {
                case "all" -> new VendorDescriptor.Roster.Everyone();
                case "declared" -> new VendorDescriptor.Roster.Declared();
                default -> new VendorDescriptor.Roster.Learnt();
            };
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

    private static List<URI> addresses(Node marks, JsonNode texts) throws Refused {
        List<URI> addresses = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            addresses.add(address(marks, "$.filesFrom[" + i + "]", texts.get(i).asText()));
        }
        return addresses;
    }

    /** A usable address: RFC 3986, with a host and, if given, a valid port. */
    private static URI address(Node marks, String place, String text) throws Refused {
        String name = place.substring(2);
        try {
            URI address = new URI(text);
            boolean port = address.getPort() == -1 || (address.getPort() >= 1 && address.getPort() <= 65_535);
            if (address.getHost() == null || !port) {
                throw new Refused(lineOf(marks, place, null), name + ": has no " + (port ? "host name" : "valid port"));
            }
            return address;
        } catch (URISyntaxException e) {
            throw new Refused(
                    lineOf(marks, place, null),
                    name + ": is not a valid address: " + e.getReason() + " at character " + (e.getIndex() + 1));
        }
    }

    private static <E extends Enum<E>> Set<E> constants(Class<E> type, JsonNode names) {
        Set<E> constants = EnumSet.noneOf(type);
        names.forEach(name -> constants.add(Enum.valueOf(type, constant(name.asText()))));
        return constants;
    }

    private static String constant(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Duration duration(
            Node marks, JsonNode poll, String field, String otherwise, Duration least, Duration most) throws Refused {
        String text = poll.path(field).asText(otherwise);
        Duration duration = DurationStyle.SIMPLE.parse(text);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new Refused(
                    lineOf(marks, "$.poll." + field, null),
                    "poll." + field + ": is between " + format(least) + " and " + format(most) + ", not " + text);
        }
        return duration;
    }

    private static String format(Duration duration) {
        return DurationStyle.SIMPLE.print(duration, unitOf(duration));
    }

    private static ChronoUnit unitOf(Duration duration) {
        return duration.toMillis() % 1000 > 0
                ? ChronoUnit.MILLIS
                : duration.toSeconds() % 3600 > 0
                        ? ChronoUnit.SECONDS
                        : duration.toHours() % 24 > 0 ? ChronoUnit.HOURS : ChronoUnit.DAYS;
    }

    /**
     * The line of a location such as {@code $.poll.every} or {@code $.roster[2]}; if given, of the key {@code property}
     * in it.
     */
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
