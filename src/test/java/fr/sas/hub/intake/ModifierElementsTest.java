package fr.sas.hub.intake;

import static fr.sas.hub.testing.VendorBundle.aCommunity;
import static fr.sas.hub.testing.VendorBundle.aCptsBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aSite;
import static fr.sas.hub.testing.VendorBundle.aSosBundle;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static fr.sas.hub.testing.VendorBundle.anAssociation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ca.uhn.fhir.context.BaseRuntimeDeclaredChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.model.api.annotation.Child;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.rule.AnswerContext;
import fr.sas.hub.rule.Judge;
import fr.sas.hub.rule.ModifierElement;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.vendor.Flow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Elements that change the meaning of what they stand in are heard; intake and the judge agree. */
class ModifierElementsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> EXTENSIONS = Set.of("extension", "modifierExtension");
    private static final String ALICE = "810001234567";
    private static final String SOS = "334173748400020";
    private static final Instant NOW = Instant.parse("2026-06-12T06:00:00Z");
    private static final String SHOWN =
            "DURAND [Alice] +33140000000 1 rue des Tilleuls 1750000001 [PUBLIC, COMMUNITY] [1950047225]";
    private static final String WITHOUT_CPTS = "DURAND [Alice] +33140000000 1 rue des Tilleuls 1750000001 [PUBLIC] []";

    /** Whoever moves to another version of FHIR, or reads one more type, decides about what is new. */
    @Test
    void every_element_that_r4_calls_a_modifier_in_what_is_read_is_decided() {
        Set<String> modifiers = new TreeSet<>();
        List.<Class<? extends Resource>>of(
                        Bundle.class,
                        Slot.class,
                        Schedule.class,
                        Practitioner.class,
                        PractitionerRole.class,
                        Location.class,
                        Organization.class,
                        HealthcareService.class,
                        OperationOutcome.class,
                        Appointment.class)
                .forEach(type -> collect(
                        FhirContext.forR4Cached().getResourceDefinition(type),
                        type.getSimpleName(),
                        new TreeSet<>(),
                        modifiers));

        assertThat(Stream.of(ModifierElement.values()).map(ModifierElement::element))
                .containsExactlyInAnyOrderElementsOf(modifiers);
    }

    /** What extensions hold is nobody's to read, and no quantity is read. */
    private static void collect(
            BaseRuntimeElementDefinition<?> type, String path, Set<String> above, Set<String> modifiers) {
        if (!(type instanceof BaseRuntimeElementCompositeDefinition<?> composite)
                || Extension.class.isAssignableFrom(type.getImplementingClass())
                || Quantity.class.isAssignableFrom(type.getImplementingClass())) {
            return;
        }
        for (var child : composite.getChildren()) {
            if (child instanceof BaseRuntimeDeclaredChildDefinition declared) {
                String below = path + "." + child.getElementName();
                if (declared.getField().getAnnotation(Child.class).modifier()) {
                    modifiers.add(below);
                }
                if (EXTENSIONS.contains(child.getElementName())) {
                    continue;
                }
                for (String name : child.getValidChildNames()) {
                    BaseRuntimeElementDefinition<?> next = child.getChildByName(name);
                    Class<?> nested = next == null ? null : next.getImplementingClass();
                    if (nested != null
                            && !(next instanceof RuntimeResourceDefinition)
                            && !above.contains(nested.getName())) {
                        Set<String> deeper = new TreeSet<>(above);
                        deeper.add(nested.getName());
                        boolean ownPart = nested.getEnclosingClass() != null;
                        collect(next, ownPart ? below : nested.getSimpleName(), deeper, modifiers);
                    }
                }
            }
        }
    }

    static Stream<Arguments> oneElement() {
        return Stream.of(
                arguments("nothing", "Slot", "{}", SHOWN, ""),
                arguments(
                        "Bundle.implicitRules",
                        "",
                        "{'implicitRules': 'https://vendor.example/r'}",
                        "FAILED",
                        "IMPLICIT_RULES"),
                rejected("Slot", "{'implicitRules': 'https://vendor.example/r'}", "IMPLICIT_RULES"),
                rejected("Schedule", "{'implicitRules': 'https://vendor.example/r'}", "IMPLICIT_RULES"),
                rejected("Practitioner", "{'implicitRules': 'https://vendor.example/r'}", "IMPLICIT_RULES"),
                rejected("PractitionerRole", "{'implicitRules': 'https://vendor.example/r'}", "IMPLICIT_RULES"),
                rejected("Location", "{'implicitRules': 'https://vendor.example/r'}", "IMPLICIT_RULES"),
                arguments(
                        "HealthcareService",
                        "HealthcareService",
                        "{'implicitRules': 'https://vendor.example/r'}",
                        WITHOUT_CPTS,
                        "CPTS_LEFT_OUT IMPLICIT_RULES"),
                arguments(
                        "Organization",
                        "Organization",
                        "{'implicitRules': 'https://vendor.example/r'}",
                        WITHOUT_CPTS,
                        "CPTS_LEFT_OUT IMPLICIT_RULES"),
                rejected(
                        "Location",
                        "{'modifierExtension': [{'url': 'https://vendor.example/x', 'valueBoolean': true}]}",
                        "MODIFIER_EXTENSION"),
                rejected("Schedule", "{'active': false}", "AGENDA_INACTIVE"),
                rejected("Practitioner", "{'active': false}", "INACTIVE"),
                rejected("PractitionerRole", "{'active': false}", "INACTIVE"),
                rejected("Location", "{'status': 'suspended'}", "LOCATION_CLOSED"),
                rejected("Location", "{'status': 'inactive'}", "LOCATION_CLOSED"),
                rejected("Location", "{'mode': 'kind'}", "LOCATION_CLOSED"),
                arguments("an open place", "Location", "{'status': 'active', 'mode': 'instance'}", SHOWN, ""),
                arguments("an inactive CPTS", "Organization", "{'active': false}", WITHOUT_CPTS, "CPTS_LEFT_OUT"),
                arguments(
                        "an inactive service", "HealthcareService", "{'active': false}", WITHOUT_CPTS, "CPTS_LEFT_OUT"),
                rejected("PractitionerRole", "{'period': {'end': '2026-06-11'}}", "ROLE_ENDED"),
                rejected("PractitionerRole", "{'period': {'start': '2026-06-13'}}", "ROLE_ENDED"),
                arguments(
                        "a role to the end of the day",
                        "PractitionerRole",
                        "{'period': {'start': '2026', 'end': '2026-06-12'}}",
                        SHOWN,
                        ""),
                rejected(
                        "Slot",
                        "{'meta': {'tag': [{'system': 'http://terminology.hl7.org/CodeSystem/v3-ActReason', 'code': 'HTEST'}]}}",
                        "TEST_DATA"),
                rejected(
                        "Practitioner",
                        "{'meta': {'security': [{'system': 'http://terminology.hl7.org/CodeSystem/v3-ActReason', 'code': 'HTEST'}]}}",
                        "TEST_DATA"),
                arguments(
                        "an old name",
                        "Practitioner",
                        "{'name': [{'use': 'old', 'family': 'ANCIEN', 'given': ['A']}, {'use': 'official', 'family': 'DURAND', 'given': ['Alice']}]}",
                        SHOWN,
                        ""),
                arguments(
                        "a name that is over",
                        "Practitioner",
                        "{'name': [{'family': 'ANCIEN', 'given': ['A'], 'period': {'end': '2020'}}, {'use': 'maiden', 'family': 'JEUNE', 'given': ['A']}, {'family': 'DURAND', 'given': ['Alice']}]}",
                        SHOWN,
                        ""),
                arguments(
                        "the usual name",
                        "Practitioner",
                        "{'name': [{'use': 'official', 'family': 'LONG', 'given': ['A']}, {'use': 'usual', 'family': 'DURAND', 'given': ['Alice']}]}",
                        SHOWN,
                        ""),
                arguments(
                        "only an old name",
                        "Practitioner",
                        "{'name': [{'use': 'old', 'family': 'ANCIEN', 'given': ['A']}]}",
                        SHOWN.replace("DURAND [Alice]", "null []"),
                        "NAME_MISSING"),
                arguments(
                        "an old number",
                        "PractitionerRole",
                        "{'telecom': [{'system': 'phone', 'value': '+33140000009', 'use': 'old'}, {'system': 'phone', 'value': '+33140000000'}]}",
                        SHOWN,
                        ""),
                arguments(
                        "a number that is over",
                        "PractitionerRole",
                        "{'telecom': [{'system': 'phone', 'value': 'nul', 'period': {'end': '2026-06-11'}}, {'system': 'phone', 'value': '+33140000000'}]}",
                        SHOWN,
                        ""),
                arguments(
                        "ranks",
                        "PractitionerRole",
                        "{'telecom': [{'system': 'phone', 'value': '+33140000009', 'rank': 2}, {'system': 'phone', 'value': '+33140000008'}, {'system': 'phone', 'value': '+33140000000', 'rank': 1}]}",
                        SHOWN,
                        ""),
                arguments(
                        "a number at home",
                        "PractitionerRole",
                        "{'telecom': [{'system': 'phone', 'value': '+33140000009', 'use': 'home'}, {'system': 'phone', 'value': '+33140000000', 'use': 'work'}]}",
                        SHOWN,
                        ""),
                arguments(
                        "an old address",
                        "Location",
                        "{'address': {'use': 'old', 'line': ['9 rue Passée'], 'postalCode': '75001', 'city': 'PARIS'}}",
                        SHOWN.replace("1 rue des Tilleuls", "null"),
                        "ADDRESS_INCOMPLETE"),
                rejected(
                        "Practitioner",
                        "{'identifier': [{'use': 'old', 'system': 'urn:oid:1.2.250.1.71.4.2.1', 'value': '810001234567', 'type': {'coding': [{'system': 'http://interopsante.org/fhir/CodeSystem/fr-v2-0203', 'code': 'IDNPS'}]}}]}",
                        "NO_NATIONAL_ID"));
    }

    private static Arguments rejected(String type, String patch, String rule) {
        return arguments(type, type, patch, "rejected", rule);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("oneElement")
    void one_element_of_an_answer_is_heard_by_intake_and_by_the_judge(
            String what, String type, String patch, String shown, String rule) {
        VendorBundle bundle = aCptsBundle()
                .with(aPractitioner(ALICE, "DURAND", "Alice")
                        .at(aPlace("1750000001")
                                .phone("+33140000000")
                                .slot(aVendorSlot()
                                        .audience("PUBLIC", "CPTS")
                                        .of(aCommunity("1950047225", "CPTS DES TILLEULS")))))
                .tamper(root -> all(root, type).forEach(merge(patch)));

        Read read = Read.of(bundle).as(Flow.CPTS).asking(ALICE);
        assertThat(shown(read)).isEqualTo(shown);
        assertThat(judged(bundle, AnswerContext.Kind.CPTS, new PractitionerId(ALICE)))
                .isEqualTo(rule);
    }

    static Stream<Arguments> oneElementOfASite() {
        return Stream.of(
                arguments("Location", "{}", "+33199001122 1", ""),
                arguments("Location", "{'status': 'suspended'}", "rejected", "LOCATION_CLOSED"),
                arguments("Location", "{'implicitRules': 'https://vendor.example/r'}", "rejected", "IMPLICIT_RULES"),
                arguments("Organization", "{'active': false}", "rejected", "INACTIVE"),
                arguments(
                        "Organization",
                        "{'modifierExtension': [{'url': 'https://vendor.example/x', 'valueBoolean': true}]}",
                        "rejected",
                        "MODIFIER_EXTENSION"),
                arguments(
                        "Location",
                        "{'telecom': [{'system': 'phone', 'value': '+33199001129', 'use': 'old'}, {'system': 'phone', 'value': '+33199001122'}]}",
                        "+33199001122 1",
                        ""),
                arguments(
                        "Location",
                        "{'hoursOfOperation': [{'modifierExtension': [{'url': 'https://vendor.example/x', 'valueBoolean': true}], 'openingTime': '08:00:00', 'closingTime': '19:00:00'}]}",
                        "+33199001122 0",
                        "SOS_SITE_HOURS"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("oneElementOfASite")
    void one_element_of_sos_medecins_is_heard_by_intake_and_by_the_judge(
            String type, String patch, String shown, String rule) {
        VendorBundle bundle = aSosBundle()
                .with(anAssociation(SOS, "SOS TEST")
                        .at(aSite("s1", "Site").slot(aVendorSlot().audience("PUBLIC", "SNP"))))
                .tamper(root -> all(root, type).forEach(merge(patch)));

        Read read = Read.of(bundle).askingAssociations(SOS);
        assertThat(
                        read.slots().isEmpty()
                                ? "rejected"
                                : read.place().phone() + " "
                                        + read.place().hours().size())
                .isEqualTo(shown);
        assertThat(judged(bundle, AnswerContext.Kind.SOS, new StructureId(SOS))).isEqualTo(rule);
    }

    @Test
    void the_structure_of_a_role_that_is_no_longer_there_and_an_entry_that_means_something_else_are_rejected() {
        VendorBundle structure = aBundleWithItsStructure()
                .tamper(root -> all(root, "Organization").forEach(merge("{'active': false}")));
        assertThat(Read.of(structure).asking(ALICE).findings())
                .first()
                .asString()
                .startsWith("INACTIVE at ");
        assertThat(judged(structure, AnswerContext.Kind.INDIVIDUAL, new PractitionerId(ALICE)))
                .contains("INACTIVE");

        VendorBundle entry = aBundleWithItsStructure()
                .tamper(root -> ((ObjectNode) root.at("/entry/0"))
                        .putArray("modifierExtension")
                        .addObject()
                        .put("url", "https://vendor.example/x")
                        .put("valueBoolean", true));
        assertThat(Read.of(entry).asking(ALICE).findings())
                .containsExactly("MODIFIER_EXTENSION at Bundle.entry[0].modifierExtension");
        assertThat(judged(entry, AnswerContext.Kind.INDIVIDUAL, new PractitionerId(ALICE)))
                .contains("MODIFIER_EXTENSION");
    }

    private static VendorBundle aBundleWithItsStructure() {
        return VendorBundle.aBundle()
                .with(aPractitioner(ALICE, "DURAND", "Alice")
                        .at(aPlace("1750000001")
                                .tamper(role -> role.putObject("organization").put("reference", "Organization/cabinet"))
                                .slot(aVendorSlot())))
                .with(
                        (ObjectNode)
                                json(
                                        "{'resourceType': 'Organization', 'id': 'cabinet', 'identifier': [{'system': 'urn:oid:1.2.250.1.71.4.2.2', 'value': '1750000001'}]}"));
    }

    /** The resources of a type, contained ones too; the Bundle itself for none. */
    private static List<ObjectNode> all(ObjectNode bundle, String type) {
        if (type.isEmpty()) {
            return List.of(bundle);
        }
        return bundle.findParents("resourceType").stream()
                .filter(node -> node.path("resourceType").asText().equals(type))
                .map(ObjectNode.class::cast)
                .toList();
    }

    /** Objects are merged, labels of meta are added, everything else is replaced. */
    private static Consumer<ObjectNode> merge(String patch) {
        return node -> merge(node, json(patch));
    }

    private static void merge(ObjectNode node, JsonNode patch) {
        patch.properties().forEach(field -> {
            if (node.get(field.getKey()) instanceof ObjectNode there
                    && !field.getKey().equals("address")) {
                merge(there, field.getValue());
            } else if (field.getKey().equals("security") && node.get("security") instanceof ArrayNode labels) {
                labels.addAll((ArrayNode) field.getValue());
            } else {
                node.set(field.getKey(), field.getValue());
            }
        });
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shown(Read read) {
        if (read.answer() instanceof fr.sas.hub.slot.Answer.Failed) {
            return "FAILED";
        }
        if (read.slots().isEmpty()) {
            return "rejected";
        }
        var slot = read.slot();
        var offer = java.util.Objects.requireNonNull(read.offerOf(ALICE));
        return offer.party().family() + " " + offer.party().given() + " "
                + read.place().phone() + " "
                + read.place().line() + " " + read.place().structure() + " "
                + new TreeSet<>(slot.audiences()) + " "
                + slot.communities().stream()
                        .map(community -> community.id().value())
                        .toList();
    }

    private static String judged(VendorBundle bundle, AnswerContext.Kind kind, Subject subject) {
        AnswerContext asked =
                new AnswerContext(kind, Set.of(subject), new Window(NOW, NOW.plus(Duration.ofHours(72))), NOW);
        return Judge.answer(List.of(bundle.toNode()), asked, true).findings().stream()
                .map(finding -> finding.rule().id())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
