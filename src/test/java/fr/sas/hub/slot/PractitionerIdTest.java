package fr.sas.hub.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A practitioner's national identifier as people and vendors write it (DOMAIN §2). */
class PractitionerIdTest {

    private static final Pattern NATIONAL = Pattern.compile("8[0-9]{11}|0[0-9A-Z]{9}");

    @Example
    void an_rpps_and_an_adeli_are_read_with_or_without_their_prefix() {
        assertThat(PractitionerId.parse("810001234567").orElseThrow().value()).isEqualTo("810001234567");
        assertThat(PractitionerId.parse("10001234567").orElseThrow().value()).isEqualTo("810001234567");
        assertThat(PractitionerId.parse("0012a34567").orElseThrow().value()).isEqualTo("0012A34567");
        assertThat(PractitionerId.parse(" 012A34567 ").orElseThrow().value()).isEqualTo("0012A34567");
    }

    @Example
    void nothing_else_is_taken_for_one() {
        for (String other : new String[] {
            null,
            "",
            "null",
            "unknown",
            "710001234567",
            "1012A34567",
            "81000123456A",
            "8100012345678",
            "0012-34567",
            "٨١٠٠٠١٢٣٤٥٦٧"
        }) {
            assertThat(PractitionerId.parse(other)).as("%s", other).isEmpty();
        }
        assertThatThrownBy(() -> new PractitionerId("10001234567")).hasMessageContaining("10001234567");
    }

    @Property
    void whatever_is_written_the_identifier_is_national_or_there_is_none(@ForAll("written") String written) {
        PractitionerId.parse(written).ifPresent(id -> {
            assertThat(id.value()).matches(NATIONAL).endsWith(written.strip().toUpperCase(Locale.ROOT));
            assertThat(PractitionerId.parse(id.value())).contains(id);
        });
        if (NATIONAL.matcher(written).matches()) {
            assertThat(PractitionerId.parse(written).orElseThrow().value()).isEqualTo(written);
        }
    }

    @Provide
    Arbitrary<String> written() {
        return Arbitraries.strings()
                .withChars("0123456789ABZaz ٣é")
                .ofMinLength(8)
                .ofMaxLength(13);
    }
}
