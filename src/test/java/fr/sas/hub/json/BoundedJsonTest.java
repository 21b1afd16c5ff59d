package fr.sas.hub.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BoundedJsonTest {

    private static final ObjectMapper STRICT = BoundedJson.mapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final ObjectMapper FORGIVING = BoundedJson.forgivingMapper().build();

    record Place(BigDecimal latitude, BigInteger floor, List<Object> more) {}

    interface Reading {
        Object read(String text) throws IOException;
    }

    @Property
    void a_number_of_usual_size_is_read_as_it_is_written(@ForAll("usualNumbers") String number) throws IOException {
        assertThat(STRICT.readTree("{\"n\":" + number + "}").path("n").decimalValue())
                .isEqualByComparingTo(new BigDecimal(number));
        assertThat(FORGIVING.readTree("[" + number + "]").path(0).isNumber()).isTrue();
    }

    @Provide
    Arbitrary<String> usualNumbers() {
        Arbitrary<String> digits =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(49);
        Arbitrary<String> fraction =
                digits.map(text -> "." + text + "1").optional(0.7).map(some -> some.orElse(""));
        Arbitrary<String> exponent = Arbitraries.integers()
                .between(-999, 999)
                .map(n -> "e" + n)
                .optional(0.5)
                .map(some -> some.orElse(""));
        return Combinators.combine(Arbitraries.of("", "-"), digits, fraction, exponent)
                .as((sign, whole, rest, power) -> sign + "1" + whole + rest + power);
    }

    @Property
    void a_number_out_of_bounds_is_refused_where_it_stands_however_it_is_read(
            @ForAll("bombs") String number, @ForAll("readings") Reading reading) {
        assertThatThrownBy(() -> reading.read("{\"floor\":1,\n \"latitude\":" + number + "}"))
                .hasMessageContaining("a number has at most 100 digits and an exponent of at most 3")
                .hasMessageContaining("line: 2, column: 13");
    }

    @Property
    void so_is_one_in_quotation_marks_and_no_other_text(@ForAll("readings") Reading reading) throws IOException {
        assertThatThrownBy(() -> reading.read("{\"floor\":1,\n \"latitude\":\"" + "7".repeat(101) + "\"}"))
                .hasMessageContaining("a number has at most 100 digits");
        assertThat(FORGIVING.readTree("[\"" + "7".repeat(101) + "\"]"))
                .hasToString("[\"" + BoundedJson.OUT_OF_BOUNDS + "\"]");
        for (String text : List.of("-".repeat(300), "7".repeat(100), "7".repeat(150) + "x", "1e9999999")) {
            assertThat(STRICT.readTree("[\"" + text + "\"]").path(0).textValue())
                    .isEqualTo(text);
        }
    }

    @Property
    void a_forgiving_reader_loses_only_the_number(@ForAll("bombs") String number) throws IOException {
        String text = "{\"position\":[1,{\"latitude\":" + number + "}," + number + ",2.5]}";

        assertThat(FORGIVING.readTree(text))
                .hasToString("{\"position\":[1,{\"latitude\":\"a number of too many digits\"},"
                        + "\"a number of too many digits\",2.5]}");
    }

    @Provide
    Arbitrary<String> bombs() {
        Arbitrary<String> powers =
                Arbitraries.of("1e9999999", "-1E+9999999", "1.5e-2147483647", "0e1000", "1e99999999999");
        Arbitrary<String> long_ = Arbitraries.integers()
                .between(101, 200_000)
                .flatMap(length -> Arbitraries.of(
                        "7".repeat(length), "-0." + "3".repeat(length), "1." + "0".repeat(length) + "e5"));
        return Arbitraries.oneOf(powers, long_);
    }

    @Provide
    Arbitrary<Reading> readings() {
        return Arbitraries.of(
                STRICT::readTree,
                text -> STRICT.readTree(text.getBytes(StandardCharsets.UTF_8)),
                text -> STRICT.readTree(new StringReader(text)),
                text -> STRICT.readTree(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                text -> STRICT.readValue(text, Place.class),
                text -> STRICT.copy().readValue(text, Object.class),
                text -> {
                    try (JsonParser json = BoundedJson.factory().createParser(text.toCharArray())) {
                        while (json.nextValue() != null) {
                            json.currentToken();
                        }
                        return json;
                    }
                });
    }

    @Example
    void what_is_nested_deeper_than_any_resource_is_refused() {
        String deep = "[".repeat(201) + "]".repeat(201);

        assertThatThrownBy(() -> STRICT.readTree(deep)).hasMessageContaining("depth (201)");
        assertThatThrownBy(() -> FORGIVING.readTree(deep)).hasMessageContaining("depth (201)");
    }

    @Example
    void a_broken_text_is_told_as_before() {
        assertThatThrownBy(() -> STRICT.readTree("{\"a\": 1e}")).isInstanceOf(JsonParseException.class);
        assertThatThrownBy(() -> JsonMapper.builder().build().readTree("{\"a\": 1e}"))
                .isInstanceOf(JsonParseException.class);
    }
}
