package fr.sas.hub.fhir;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aCommunity;
import static fr.sas.hub.testing.VendorBundle.aCptsBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aSite;
import static fr.sas.hub.testing.VendorBundle.aSosBundle;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static fr.sas.hub.testing.VendorBundle.anAssociation;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.sas.hub.fhir.FhirProfiles.Finding;
import fr.sas.hub.fhir.FhirProfiles.Severity;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorPlace;
import fr.sas.hub.testing.VendorPractitioner;
import fr.sas.hub.testing.VendorSlot;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** fhir-profiles/ says yes to what the guide describes and names what it does not. */
class FhirProfilesTest {

    private static final FhirProfiles PROFILES = new FhirProfiles(FhirContext.forR4Cached(), Path.of("fhir-profiles"));

    @Test
    void a_right_answer_of_each_flow_has_no_errors() {
        var community = aCommunity("1950047225", "CPTS DES TILLEULS");

        assertThat(errors(individual(slot -> {}, place -> {}, practitioner -> {}), FhirVocabulary.ACCEPTED_BUNDLE))
                .isEmpty();
        assertThat(errors(
                        aCptsBundle()
                                .with(aPractitioner("810001234567", "DURAND", "Alice")
                                        .at(aPlace("1750000001")
                                                .slot(aVendorSlot()
                                                        .audience("CPTS")
                                                        .of(community)))),
                        FhirVocabulary.ACCEPTED_CPTS_BUNDLE))
                .isEmpty();
        assertThat(errors(
                        aSosBundle()
                                .with(anAssociation("334173748400020", "SOS Médecins")
                                        .at(aSite("1", "Centre").slot(aVendorSlot()))),
                        FhirVocabulary.ACCEPTED_SOS_BUNDLE))
                .isEmpty();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                slotFault("hub-slot-1", s -> s.set("/end", "2026-06-12T08:00:00.000+02:00")),
                slotFault("hub-slot-2", s -> s.set("/end", "2026-06-14T08:00:00.000+02:00")),
                slotFault("hub-slot-3", s -> s.set("/comment", "call us")),
                slotFault("Slot.status", s -> s.set("/status", "busy")),
                slotFault("Slot.start", s -> s.remove("/start")),
                slotFault(
                        "Slot.schedule.reference",
                        s -> s.remove("/schedule/reference").set("/schedule/display", "x")),
                placeFault("PractitionerRole.location", p -> p.remove("/location")),
                placeFault("PractitionerRole.contained", p -> p.remove("/contained")),
                practitionerFault("hub-practitioner-1", p -> p.set("/identifier/0/value", "unknown")),
                practitionerFault("Practitioner.identifier", p -> p.remove("/identifier")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void a_fault_is_named_with_its_path(
            String named,
            Consumer<VendorSlot> slot,
            Consumer<VendorPlace> place,
            Consumer<VendorPractitioner> practitioner) {
        List<Finding> errors = errors(individual(slot, place, practitioner), FhirVocabulary.ACCEPTED_BUNDLE);

        assertThat(errors)
                .anyMatch(finding -> finding.sentence().contains(named)
                        && finding.path().matches("Bundle\\.entry\\[\\d+\\]\\.resource.*"));
    }

    private static VendorBundle individual(
            Consumer<VendorSlot> slotFault,
            Consumer<VendorPlace> placeFault,
            Consumer<VendorPractitioner> practitionerFault) {
        VendorSlot slot = aVendorSlot();
        slotFault.accept(slot);
        VendorPlace place = aPlace("1750000001").phone("+33199001122").slot(slot);
        placeFault.accept(place);
        VendorPractitioner practitioner =
                aPractitioner("810001234567", "DURAND", "Alice").at(place);
        practitionerFault.accept(practitioner);
        return aBundle().with(practitioner);
    }

    private static List<Finding> errors(VendorBundle bundle, String profile) {
        return PROFILES.check(bundle.toJson(), profile).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    private static Arguments slotFault(String named, Consumer<VendorSlot> fault) {
        return Arguments.of(
                named, fault, (Consumer<VendorPlace>) place -> {}, (Consumer<VendorPractitioner>) practitioner -> {});
    }

    private static Arguments placeFault(String named, Consumer<VendorPlace> fault) {
        return Arguments.of(
                named, (Consumer<VendorSlot>) slot -> {}, fault, (Consumer<VendorPractitioner>) practitioner -> {});
    }

    private static Arguments practitionerFault(String named, Consumer<VendorPractitioner> fault) {
        return Arguments.of(named, (Consumer<VendorSlot>) slot -> {}, (Consumer<VendorPlace>) place -> {}, fault);
    }
}
