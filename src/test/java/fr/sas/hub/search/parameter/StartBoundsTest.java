package fr.sas.hub.search.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.slot.Window;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates of a search as R4 means them: every precision, every prefix; without offset on the clock of Paris. */
class StartBoundsTest {

    @ParameterizedTest
    @CsvSource({
        "ge2026 le2026, 2025-12-31T23:00:00Z, 2026-12-31T22:59:59.999Z",
        "ge2026-11 le2026-11, 2026-10-31T23:00:00Z, 2026-11-30T22:59:59.999Z",
        "ge2026-11-28 le2026-11-28, 2026-11-27T23:00:00Z, 2026-11-28T22:59:59.999Z",
        "ge2026-03-29 le2026-03-29, 2026-03-28T23:00:00Z, 2026-03-29T21:59:59.999Z",
        "ge2026-11-28T09:00 le2026-11-28T10:00, 2026-11-28T08:00:00Z, 2026-11-28T09:00:59.999Z",
        "ge2026-11-28T09:00Z le2026-11-28T10:00Z, 2026-11-28T09:00:00Z, 2026-11-28T10:00:59.999Z",
        "ge2026-11-28T09:00:00+01:00 le2026-11-28T10:00:00+01:00, 2026-11-28T08:00:00Z, 2026-11-28T09:00:00.999Z",
        "ge2026-11-28T09:00:00.000+01:00 le2026-11-28T10:00:00.000+01:00, 2026-11-28T08:00:00Z, 2026-11-28T09:00:00Z",
        "gt2026-11-28 lt2026-11-30, 2026-11-28T23:00:00Z, 2026-11-29T22:59:59.999Z",
        "sa2026-11-28 eb2026-11-30, 2026-11-28T23:00:00Z, 2026-11-29T22:59:59.999Z",
        "gt2026-11-28T09:00 lt2026-11-28T10:00, 2026-11-28T08:01:00Z, 2026-11-28T08:59:59.999Z",
        "gt2026-11-28T09:00:00.000Z lt2026-11-28T10:00:00.000Z, 2026-11-28T09:00:00.001Z, 2026-11-28T09:59:59.999Z",
        "2026-11-28, 2026-11-27T23:00:00Z, 2026-11-28T22:59:59.999Z",
        "eq2026-11, 2026-10-31T23:00:00Z, 2026-11-30T22:59:59.999Z",
        "ge2026-11 ge2026-11-28 le2026-11-29 le2026, 2026-11-27T23:00:00Z, 2026-11-29T22:59:59.999Z",
        "2026-11 ge2026-11-28, 2026-11-27T23:00:00Z, 2026-11-30T22:59:59.999Z"
    })
    void a_value_stands_for_all_the_time_that_its_precision_leaves_open(String values, String from, String to) {
        Window window = read(values);

        assertThat(window.from() + " " + window.to()).isEqualTo(from + " " + to);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ne2026-11-28",
                "ap2026-11-28",
                "xx2026-11-28",
                "GE2026-11-28 LE2026-11-28",
                "ge2026-11-28,le2026-11-29",
                "ge2026-13 le2026-12",
                "ge2026-02-29 le2026-03",
                "ge2026-1 le2026-12",
                "ge20261128 le2026-12",
                "ge2026-11-28T10 le2026-12",
                "ge2026-11-28T25:00 le2026-12",
                "ge2026-11-28T10:00:00+99:00 le2026-12",
                "ge le2026",
                "ge2026-12 le2026-11",
                "ge2026-11-28",
                "le2026-11-28",
                "tomorrow"
            })
    void whatever_is_none_of_it_is_refused_and_the_parameter_named(String values) {
        assertThatThrownBy(() -> read(values))
                .isInstanceOfSatisfying(
                        FhirRefusal.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(400))
                .hasMessageContaining("Parameter start");
    }

    private static Window read(String values) {
        return StartBounds.read(
                QueryString.parse(
                        Stream.of(values.split(" ")).map(v -> "start=" + v).collect(Collectors.joining("&"))),
                "start");
    }
}
