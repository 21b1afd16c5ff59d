package fr.sas.hub.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.DataInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * The only factories of JSON readers in the hub (docs/decisions/0041). {@code 1e9999999} is nine characters, but
 * comparing it with a double takes an hour of CPU time: a number of more than {@value #MOST_DIGITS} digits, or with an
 * exponent of more than {@value #MOST_EXPONENT_DIGITS}, is never converted. Nesting deeper than {@value #DEEPEST} is
 * refused too.
 */
public final class BoundedJson {

    /** {@code new BigDecimal(2.3522219)}, which some vendors write, has 52. */
    static final int MOST_DIGITS = 100;

    /** A double has three. */
    static final int MOST_EXPONENT_DIGITS = 3;

    static final int DEEPEST = 200;

    private BoundedJson() {}

    /** A number out of bounds is a parse error with line and column. */
    public static JsonFactory factory() {
        return new Factory(false);
    }

    /** A number out of bounds is a parse error with line and column. */
    public static JsonMapper.Builder mapper() {
        return JsonMapper.builder(factory());
    }

    /** For documents that the hub stored itself: fields that a newer node added to them are ignored. */
    public static JsonMapper.Builder storedMapper() {
        return mapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /**
     * For documents in which one bad value must not invalidate the rest: a number out of bounds is read as {@link
     * #OUT_OF_BOUNDS}, a string that is not valid as a number anywhere.
     */
    public static JsonMapper.Builder forgivingMapper() {
        return JsonMapper.builder(forgivingFactory());
    }

    /** As {@link #forgivingMapper}. */
    public static JsonFactory forgivingFactory() {
        return new Factory(true);
    }

    /** What a forgiving reader substitutes for a number that is out of bounds. */
    public static final String OUT_OF_BOUNDS = "a number of too many digits";

    /**
     * JSON as received, and whether it had to be repaired first.
     *
     * @param repaired whether invalid UTF-8 was replaced by U+FFFD, or strings contain unescaped control characters
     */
    public record Repaired(JsonNode json, boolean repaired) {}

    /**
     * Reads forgivingly, so that one bad byte or unescaped control character does not make the body unreadable.
     *
     * @throws IOException that of the first reading, when it is not JSON either way
     */
    public static Repaired readRepairing(byte[] body) throws IOException {
        try {
            return new Repaired(FORGIVING.readTree(body), false);
        } catch (IOException e) {
            try {
                String text = new String(body, StandardCharsets.UTF_8);
                return new Repaired(
                        REPAIRING.readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text), true);
            } catch (IOException unreadable) {
                throw e;
            }
        }
    }

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final JsonMapper FORGIVING = forgivingMapper().build();
    private static final JsonMapper REPAIRING = JsonMapper.builder(
                    new Factory(true).enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS.mappedFeature()))
            .build();

    private static final class Factory extends JsonFactory {

        private static final long serialVersionUID = 1;

        private final boolean forgiving;

        Factory(boolean forgiving) {
            this.forgiving = forgiving;
            setStreamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE) // BoundedNumbers checks first, with a better message
                    .maxNestingDepth(DEEPEST)
                    .build());
        }

        @Override
        public JsonFactory copy() {
            return new Factory(forgiving);
        }

        @Override
        protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
            return bounded(super._createParser(in, context));
        }

        @Override
        protected JsonParser _createParser(Reader reader, IOContext context) throws IOException {
            return bounded(super._createParser(reader, context));
        }

        @Override
        protected JsonParser _createParser(char[] text, int offset, int length, IOContext context, boolean recyclable)
                throws IOException {
            return bounded(super._createParser(text, offset, length, context, recyclable));
        }

        @Override
        protected JsonParser _createParser(byte[] text, int offset, int length, IOContext context) throws IOException {
            return bounded(super._createParser(text, offset, length, context));
        }

        @Override
        protected JsonParser _createParser(DataInput in, IOContext context) throws IOException {
            return bounded(super._createParser(in, context));
        }

        private JsonParser bounded(JsonParser parser) {
            return new BoundedNumbers(parser, forgiving);
        }
    }
}
