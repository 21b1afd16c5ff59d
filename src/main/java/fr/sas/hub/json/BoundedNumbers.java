package fr.sas.hub.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Checks every number as written, before its value is read. */
final class BoundedNumbers extends JsonParserDelegate {

    private final boolean forgiving;
    private boolean replaced;

    /** @param forgiving whether a number out of bounds is read as {@link BoundedJson#OUT_OF_BOUNDS} */
    BoundedNumbers(JsonParser parser, boolean forgiving) {
        super(parser);
        this.forgiving = forgiving;
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        return looked(delegate.nextToken());
    }

    @Override
    public @Nullable JsonToken nextValue() throws IOException {
        JsonToken token = nextToken();
        return token == JsonToken.FIELD_NAME ? nextToken() : token;
    }

    @Override
    public @Nullable String nextFieldName() throws IOException {
        String name = delegate.nextFieldName();
        looked(delegate.currentToken());
        return name;
    }

    private @Nullable JsonToken looked(@Nullable JsonToken token) throws IOException {
        replaced = false;
        if (token == null || !mayBeOutOfBounds(token) || isInBounds()) {
            return token;
        }
        if (!forgiving) {
            throw new JsonParseException(
                    this,
                    "a number has at most " + BoundedJson.MOST_DIGITS + " digits and an exponent of at most "
                            + BoundedJson.MOST_EXPONENT_DIGITS,
                    delegate.currentTokenLocation());
        }
        replaced = true;
        return JsonToken.VALUE_STRING;
    }

    /** Strings are checked as well: FHIR parsers convert them to numbers where a number is expected. */
    private boolean mayBeOutOfBounds(JsonToken token) throws IOException {
        return token.isNumeric()
                || token == JsonToken.VALUE_STRING && delegate.getTextLength() > BoundedJson.MOST_DIGITS && isNumeric();
    }

    private boolean isNumeric() throws IOException {
        char[] text = delegate.getTextCharacters();
        int end = delegate.getTextOffset() + delegate.getTextLength();
        for (int at = delegate.getTextOffset(); at < end; at++) {
            if ((text[at] < '0' || text[at] > '9') && "+-.eE".indexOf(text[at]) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isInBounds() throws IOException {
        char[] text = delegate.getTextCharacters();
        int end = delegate.getTextOffset() + delegate.getTextLength();
        int digits = 0;
        int at = delegate.getTextOffset();
        for (; at < end && (text[at] | 0x20) != 'e'; at++) {
            digits += text[at] >= '0' && text[at] <= '9' ? 1 : 0;
        }
        int exponent = 0;
        for (; at < end; at++) {
            exponent += text[at] >= '0' && text[at] <= '9' ? 1 : 0;
        }
        return digits <= BoundedJson.MOST_DIGITS && exponent <= BoundedJson.MOST_EXPONENT_DIGITS;
    }

    @Override
    public @Nullable JsonToken currentToken() {
        return replaced ? JsonToken.VALUE_STRING : delegate.currentToken();
    }

    @Override
    public int currentTokenId() {
        return replaced ? JsonToken.VALUE_STRING.id() : delegate.currentTokenId();
    }

    @Override
    public boolean hasToken(JsonToken token) {
        return replaced ? token == JsonToken.VALUE_STRING : delegate.hasToken(token);
    }

    @Override
    public boolean hasTokenId(int id) {
        return replaced ? id == JsonToken.VALUE_STRING.id() : delegate.hasTokenId(id);
    }

    @Override
    public String getText() throws IOException {
        return replaced ? BoundedJson.OUT_OF_BOUNDS : delegate.getText();
    }

    @Override
    public @Nullable String getValueAsString() throws IOException {
        return replaced ? BoundedJson.OUT_OF_BOUNDS : delegate.getValueAsString();
    }
}
