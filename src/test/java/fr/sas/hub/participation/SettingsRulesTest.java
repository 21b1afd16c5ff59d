package fr.sas.hub.participation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.directory.Facility.Kind;
import fr.sas.hub.participation.Settings.Through;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guide's rules (DOMAIN §5), each on its own and all of them together. */
class SettingsRulesTest {

    private static final StructureId STRUCTURE = new StructureId("1750000009");
    private static final Source SOLEIL = new Source("agenda-soleil");
    private static final Source GONE = new Source("gone");
    private static final Settings WITH_WHAT_IS_GONE = Settings.builder()
            .participates(true)
            .participatesThrough(Through.CPTS)
            .structure(STRUCTURE)
            .practiceLocations(Set.of("elsewhere"))
            .usesBookingSoftware(true)
            .vendors(Set.of(GONE))
            .build();

    /**
     * Columns: participates and through what (empty: does not), structure named, places named, booking software, vendors
     * named, display refused, two hours declared; and the fields that are told to be wrong.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // somebody who does not participate answers nothing
                "-         | -   | 0 | -     | 0 | false | false | -",
                "-         | -   | 0 | -     | 0 | true  | false | -",
                "-         | -   | 0 | true  | 1 | false | false | -",
                // through what
                "NOBODY    | -   | 0 | true  | 1 | false | false | participatesThrough",
                "PRACTICE  | -   | 0 | true  | 1 | false | false | -",
                "CPTS      | -   | 1 | true  | 1 | false | false | structure",
                "MSP       | -   | 0 | true  | 1 | false | false | structure",
                "SOS       | -   | 0 | true  | 1 | false | false | structure",
                "CPTS      | yes | 1 | true  | 1 | false | false | -",
                "MSP       | yes | 0 | true  | 1 | false | false | -",
                "SOS       | yes | 0 | true  | 1 | false | false | -",
                // places may be named with a CPTS, and need not be
                "CPTS      | yes | 0 | true  | 1 | false | false | -",
                // booking software must be answered, not for SOS, and has a vendor
                "PRACTICE  | -   | 0 | -     | 0 | false | false | usesBookingSoftware",
                "SOS       | yes | 0 | -     | 0 | false | false | -",
                "PRACTICE  | -   | 0 | true  | 0 | false | false | vendors",
                "PRACTICE  | -   | 0 | false | 1 | false | true  | vendors",
                // two hours: without software, or with software whose slots are refused; not for SOS
                "PRACTICE  | -   | 0 | false | 0 | false | false | declaresTwoHours",
                "PRACTICE  | -   | 0 | false | 0 | false | true  | -",
                "PRACTICE  | -   | 0 | true  | 1 | true  | false | declaresTwoHours",
                "PRACTICE  | -   | 0 | true  | 1 | true  | true  | -",
                "SOS       | yes | 0 | false | 0 | true  | false | -",
                // every fault at once
                "CPTS      | -   | 0 | false | 1 | true  | false | structure vendors declaresTwoHours",
            })
    void each_rule_of_the_guide(
            @Nullable String through,
            @Nullable String structure,
            int places,
            @Nullable Boolean software,
            int vendors,
            boolean hidden,
            boolean twoHours,
            @Nullable String faults) {
        Settings settings = Settings.builder()
                .vendorSlotsHidden(hidden)
                .participates(through != null)
                .participatesThrough(through == null || through.equals("NOBODY") ? null : Through.valueOf(through))
                .structure(structure == null ? null : STRUCTURE)
                .practiceLocations(places == 0 ? Set.of() : Set.of("place"))
                .usesBookingSoftware(software)
                .vendors(vendors == 0 ? Set.of() : Set.of(SOLEIL))
                .declaresTwoHours(twoHours)
                .build();

        assertThat(fieldsOf(settings, everything(null)))
                .containsExactly(faults == null ? new String[0] : faults.split(" "));
    }

    @Test
    void a_vendor_a_place_and_a_structure_that_nobody_knows_are_refused() {
        assertThat(fieldsOf(WITH_WHAT_IS_GONE, new KnownReferences(Set.of(SOLEIL), Set.of("place"), false, null)))
                .containsExactly("structure", "practiceLocations", "vendors");
    }

    @Test
    void what_was_kept_before_may_stay_when_it_is_gone() {
        Settings before = WITH_WHAT_IS_GONE.toBuilder().declaresTwoHours(true).build();
        Settings refusal = before.toBuilder().vendorSlotsHidden(true).build();
        KnownReferences nothing = new KnownReferences(Set.of(), Set.of(), false, null);

        assertThat(fieldsOf(refusal, nothing)).isNotEmpty();
        assertThat(fieldsOf(refusal, nothing.orKeptIn(before, refusal))).isEmpty();
        assertThat(fieldsOf(refusal, nothing.orKeptIn(Settings.DEFAULT, refusal)))
                .containsExactly("structure", "practiceLocations", "vendors");
    }

    @ParameterizedTest
    @CsvSource({
        "CPTS, CPTS, true",
        "CPTS, MSP, false",
        "MSP, MSP, true",
        "MSP, CDS, false",
        "SOS, SOS, true",
        "SOS, CPTS, false",
        "CPTS, CDS, false",
        "CPTS, , true",
        "PRACTICE, CDS, true",
    })
    void the_structure_is_what_the_practitioner_participates_through(
            Through through, @Nullable Kind kind, boolean fits) {
        Settings settings = Settings.builder()
                .participates(true)
                .participatesThrough(through)
                .structure(STRUCTURE)
                .practiceLocations(Set.of("place"))
                .usesBookingSoftware(true)
                .vendors(Set.of(SOLEIL))
                .build();

        assertThat(fieldsOf(settings, everything(kind))).isEqualTo(fits ? List.of() : List.of("structure"));
    }

    @Property
    void somebody_who_does_not_participate_may_always_refuse(@ForAll("settings") Settings any) {
        Settings refusal = Settings.builder()
                .vendorSlotsHidden(true)
                .declaresTwoHours(any.declaresTwoHours())
                .emergencyReorientation(any.emergencyReorientation())
                .build();

        assertThat(fieldsOf(refusal, everything(null))).isEmpty();
    }

    @Property
    void declaring_two_hours_and_the_reorientation_package_never_make_a_fault(@ForAll("settings") Settings any) {
        Settings more = any.toBuilder()
                .declaresTwoHours(true)
                .emergencyReorientation(!any.emergencyReorientation())
                .build();

        assertThat(fieldsOf(any, everything(null))).containsAll(fieldsOf(more, everything(null)));
    }

    @Property
    void whoever_participates_through_sos_is_asked_for_nothing_but_the_association(@ForAll("settings") Settings any) {
        Settings sos = any.toBuilder()
                .participates(true)
                .participatesThrough(Through.SOS)
                .structure(STRUCTURE)
                .practiceLocations(Set.of())
                .usesBookingSoftware(null)
                .vendors(Set.of())
                .build();

        assertThat(fieldsOf(sos, everything(Facility.Kind.SOS))).isEmpty();
    }

    @Property
    void settings_without_fault_read_the_same_after_they_were_written(@ForAll("settings") Settings any) {
        assertThat(SettingsDocument.of(any).toSettings()).isEqualTo(any);
    }

    @Provide
    Arbitrary<Settings> settings() {
        Arbitrary<Boolean> yesOrNo = Arbitraries.of(true, false);
        return Combinators.combine(
                        yesOrNo.tuple4(),
                        Arbitraries.of(Through.class).injectNull(0.2),
                        Arbitraries.just(STRUCTURE).injectNull(0.5),
                        Arbitraries.of("place", "elsewhere").set().ofMaxSize(2),
                        yesOrNo.injectNull(0.3),
                        Arbitraries.of(SOLEIL, GONE).set().ofMaxSize(2))
                .as((flags, through, structure, places, software, vendors) -> Settings.builder()
                        .vendorSlotsHidden(flags.get1())
                        .participates(flags.get2())
                        .participatesThrough(through)
                        .structure(structure)
                        .practiceLocations(places)
                        .usesBookingSoftware(software)
                        .vendors(vendors)
                        .declaresTwoHours(flags.get3())
                        .emergencyReorientation(flags.get4())
                        .build());
    }

    private static KnownReferences everything(@Nullable Kind kind) {
        return new KnownReferences(Set.of(SOLEIL, GONE), Set.of("place", "elsewhere"), true, kind);
    }

    private static List<String> fieldsOf(Settings settings, KnownReferences known) {
        return SettingsRules.faultsOf(settings, known).stream()
                .map(InvalidInput.Fault::field)
                .toList();
    }
}
