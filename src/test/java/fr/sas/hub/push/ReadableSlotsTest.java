package fr.sas.hub.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What was readable once spares the parser what is alike, and nothing else. */
class ReadableSlotsTest {

    private static final String PLAIN = """
            {"resourceType": "Slot", "id": "s1", "meta": {"lastUpdated": "2026-06-12T08:00:00.000+02:00"},
             "schedule": {"reference": "Schedule/7"}, "status": "free", "start": "2026-06-12T09:00:00.000+02:00",
             "end": "2026-06-12T09:15:00.000+02:00", "comment": "https://vendor.example/1"}""";
    private static final List<String> ELEMENTS =
            List.of("id", "start", "end", "comment", "status", "overbooked", "_start");

    private final ReadableSlots readable = new ReadableSlots();

    @Test
    void a_slot_that_differs_in_its_id_its_times_its_words_and_whose_it_is_need_not_be_parsed_again() {
        readable.add(slot(PLAIN));

        assertThat(readable.contain(slot("""
                {"resourceType": "Slot", "id": "s2", "meta": {"lastUpdated": "2026-06-12T08:00:01+00:00"},
                 "schedule": {"reference": "Schedule/8"}, "status": "free", "start": "2026-06-13T09:00:00+02:00",
                 "end": "2026-06-13T09:15:00.500+02:00", "comment": "https://vendor.example/2"}"""))).isTrue();
        assertThat(readable.contain((ObjectNode) slot(PLAIN).put("status", "busy")))
                .isFalse();
        assertThat(new ReadableSlots().contain(slot(PLAIN))).isFalse();
    }

    @Property(tries = 2000)
    void whatever_is_spared_the_parser_could_be_parsed(
            @ForAll("elements") String element,
            @ForAll("values") String value,
            @ForAll("values") String lastUpdated,
            @ForAll("values") String reference) {
        ReadableSlots some = new ReadableSlots();
        some.add(slot(PLAIN));
        ObjectNode odd = slot(PLAIN);
        odd.set(element, PushJson.tree(value));
        ((ObjectNode) odd.get("meta")).set("lastUpdated", PushJson.tree(lastUpdated));
        ((ObjectNode) odd.get("schedule")).set("reference", PushJson.tree(reference));

        if (some.contain(odd)) {
            IParser parser = FhirContext.forR4Cached()
                    .newJsonParser()
                    .setParserErrorHandler(new LenientErrorHandler(false).setErrorOnInvalidValue(true));
            assertThatCode(() -> parser.parseResource(odd.toString())).doesNotThrowAnyException();
        }
    }

    @Provide
    Arbitrary<String> elements() {
        return Arbitraries.of(ELEMENTS);
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> odd = Arbitraries.of(
                "null",
                "5",
                "true",
                "{}",
                "[]",
                "[\"x\"]",
                "\"\"",
                "\" \"",
                "\"x\"",
                "\"a b\"",
                "\"0000-01-01T00:00:00+00:00\"",
                "\"2026-02-30T00:00:00.000+02:00\"",
                "\"2026-06-12T24:00:00+02:00\"",
                "\"2026-06-12T23:59:60+02:00\"",
                "\"2026-06-12T23:59:59+0200\"",
                "\"2026-06-12\"",
                "\"2026-06-12T23:59+02:00\"",
                "{\"reference\":\"Schedule/1\"}");
        Arbitrary<String> instants = Arbitraries.integers()
                .between(0, 59)
                .flatMap(minute -> Arbitraries.of("", ".000", ".123", ".9")
                        .flatMap(fraction -> Arbitraries.of(
                                        "+02:00", "-11:00", "+18:00", "-18:00", "+14:30", "Z", "+00:00")
                                .map(offset -> "\"2026-02-28T23:%02d:07%s%s\"".formatted(minute, fraction, offset))));
        return Arbitraries.oneOf(instants, odd);
    }

    private static ObjectNode slot(String json) {
        return (ObjectNode) PushJson.tree(json);
    }
}
