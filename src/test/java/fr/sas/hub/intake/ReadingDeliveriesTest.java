package fr.sas.hub.intake;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static fr.sas.hub.testing.VendorBundle.anOutcome;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Answer.Kind;
import fr.sas.hub.slot.Answer.Trouble;
import fr.sas.hub.slot.AppointmentType;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Quirk;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Specialty;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorPlace;
import fr.sas.hub.testing.VendorSlot;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a practitioner's slots as vendors really send them (INT_R01). */
class ReadingDeliveriesTest {

    private static final String ALICE = "810001234567";
    private static final Instant START = Instant.parse("2026-06-12T14:40:00Z");

    @Test
    void a_number_without_end_costs_only_itself() {
        for (String bomb : List.of("1e9999999", "-1e-9999999", "7".repeat(2_000))) {
            Read read = Read.of(aBundle()
                            .with(aPractitioner(ALICE, "DURAND", "Alice")
                                    .at(aPlace("1750000001").slot(aVendorSlot().id("good"))))
                            .tamper(bundle -> bundle.withArray("entry")
                                    .addObject()
                                    .putObject("resource")
                                    .put("resourceType", "Location")
                                    .put("id", "far")
                                    .putObject("position")
                                    .put("latitude", "BOMB"))
                            .toNode()
                            .toString()
                            .replace("\"BOMB\"", bomb))
                    .asking(ALICE);

            assertThat(read.slots()).extracting(Slot::reference).containsExactly("good");
            assertThat(read.findings())
                    .containsExactly(
                            "VALUE_LEFT_OUT at Bundle.entry[4].resource",
                            "ADDRESS_INCOMPLETE at Bundle.entry[4].resource.address");
        }
    }

    @Test
    void a_right_slot_keeps_everything_the_guide_names() {
        Read read = Read.of(one(aVendorSlot()
                        .id("s1")
                        .from(START)
                        .lasting(20, MINUTES)
                        .audience("PUBLIC", "PRO", "SNP")
                        .mode("AMB", "VR")
                        .reason("Première consultation")
                        .specialty("SM54")
                        .appointmentType("ROUTINE")
                        .bookableAt("https://rdv.example/alice?slot=1")))
                .asking(ALICE);

        assertThat(read.findings()).isEmpty();
        Slot slot = read.slot();
        assertThat(read.times()).isEqualTo("2026-06-12T14:40:00Z/2026-06-12T15:00:00Z");
        assertThat(slot.audiences())
                .containsExactlyInAnyOrder(Audience.PUBLIC, Audience.PROFESSIONALS, Audience.UNSCHEDULED_CARE);
        assertThat(slot.modes()).containsExactlyInAnyOrder(ConsultationMode.AT_PRACTICE, ConsultationMode.REMOTE);
        assertThat(slot.reasons()).containsExactly("Première consultation");
        assertThat(slot.specialties()).extracting(Specialty::code).containsExactly("SM54");
        assertThat(slot.appointmentType()).isEqualTo(AppointmentType.ROUTINE);
        assertThat(slot.bookingPage()).hasToString("https://rdv.example/alice?slot=1");
        assertThat(slot.reference()).isEqualTo("s1");
        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("ENDS_BEFORE_IT_STARTS", "end", s -> s.set("/end", "2026-06-12T16:40:00.000+02:00")),
                fault("TIME_MISSING", "start", s -> s.remove("/start")),
                fault("TIME_MISSING", "end", s -> s.set("/end", "")),
                fault("TIME_UNREADABLE", "start", s -> s.set("/start", "12/06/2026 16:40")),
                fault("TIME_UNREADABLE", "start", s -> s.set("/start", "2026-06-31T16:40:00.000+02:00")),
                fault("TIME_WITHOUT_OFFSET", "start", s -> s.set("/start", "2026-06-12T16:40:00")),
                fault("TOO_LONG", "end", s -> s.lasting(25, HOURS)),
                fault("PAST", "end", s -> s.from(Instant.parse("2026-06-12T05:00:00Z"))),
                fault("OUTSIDE_WINDOW", "start", s -> s.from(Instant.parse("2026-06-20T05:00:00Z"))),
                fault("NOT_FREE", "status", s -> s.set("/status", "busy")),
                fault("STATUS_MISSING", "status", s -> s.remove("/status")),
                fault("NO_AUDIENCE", "meta.security", s -> s.audience()),
                fault("UNKNOWN_AUDIENCE", "meta.security", s -> s.audience("TOUS")),
                fault("ORPHAN_SCHEDULE", "schedule", s -> s.set("/schedule/reference", "Schedule/nowhere")),
                fault("MODIFIER_EXTENSION", "modifierExtension", s -> s.set("/modifierExtension", modifier())));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("faults")
    void a_faulty_slot_is_rejected_with_its_code_and_path_and_its_neighbour_stays(
            String code, String element, UnaryOperator<VendorSlot> fault) {
        Read read = Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .slot(fault.apply(aVendorSlot()
                                                .id("bad")
                                                .from(START)
                                                .lasting(15, MINUTES)))
                                        .slot(aVendorSlot().id("good").from(START.plusSeconds(3600))))))
                .asking(ALICE);

        assertThat(read.findings())
                .containsExactly(code + " at Bundle.entry[0].resource" + (element.isEmpty() ? "" : "." + element));
        assertThat(read.slot().reference()).isEqualTo("good");
        assertThat(read.rejections().getFirst().sentence()).isNotBlank().doesNotContain("{}");
        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
    }

    @Test
    void a_slot_for_the_practices_own_patients_is_withheld_not_a_fault_of_the_vendor() {
        Read read = Read.of(one(aVendorSlot().audience())).asking(ALICE);

        assertThat(read.withheld()).isEqualTo(1);
        assertThat(read.rejected()).isZero();
    }

    @Test
    void a_practitioner_nobody_asked_for_is_rejected() {
        Read read = Read.of(one(aVendorSlot())).asking("810007654321");

        assertThat(read.findings()).containsExactly("NOT_ASKED_FOR at Bundle.entry[0].resource.schedule");
        assertThat(read.batch().offers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"810001234567", "10001234567", " 10001234567 "})
    void a_practitioners_identifier_matches_with_or_without_prefix(String written) {
        Read read = Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .set("/identifier/0/value", written)
                                .at(aPlace("1750000001").slot(aVendorSlot()))))
                .asking(ALICE);

        assertThat(read.slot().subject().value()).isEqualTo(ALICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "unknown", "8100012345", "DURAND"})
    void what_is_no_identifier_identifies_nobody(String written) {
        Read read = Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .set("/identifier/0/value", written)
                                .at(aPlace("1750000001").slot(aVendorSlot()))))
                .asking(ALICE);

        assertThat(read.slots()).isEmpty();
        assertThat(read.findings()).contains("NO_NATIONAL_ID at Bundle.entry[0].resource.schedule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1750000001", "750000001"})
    void a_places_finess_matches_with_or_without_prefix(String written) {
        Read read = Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace(written).slot(aVendorSlot()))))
                .asking(ALICE);

        assertThat(read.place().structure()).hasToString("1750000001");
    }

    @Test
    void a_place_with_several_structure_ids_is_known_by_its_finess() {
        VendorPlace place = aPlace("312345678901234").slot(aVendorSlot());
        place.tamper(role -> ((ObjectNode) role.at("/contained/0"))
                .withArray("identifier")
                .addObject()
                .put("system", "urn:oid:1.2.250.1.71.4.2.2")
                .put("value", "1750000001"));
        Read read = Read.of(
                        aBundle().with(aPractitioner(ALICE, "DURAND", "Alice").at(place)))
                .asking(ALICE);

        assertThat(read.place().structure()).hasToString("1750000001");
    }

    @Test
    void a_place_without_any_structure_is_known_by_its_address_however_it_is_spelled() {
        String first = keyOf(aPlace("x").remove("/organization").address("1, rue des Tilleuls", "75001", "Paris"));
        String second = keyOf(aPlace("x").remove("/organization").address("1 RUE DES TILLEULS", "75001", "PARIS"));
        String other = keyOf(aPlace("x").remove("/organization").address("3 rue des Tilleuls", "75001", "PARIS"));

        assertThat(first).isEqualTo(second).isNotEqualTo(other);
    }

    @Test
    void an_instant_in_utc_is_as_good_as_one_with_the_local_offset() {
        Read read = Read.of(
                        one(aVendorSlot().set("/start", "2026-06-12T14:40:00Z").set("/end", "2026-06-12T14:55:00Z")))
                .asking(ALICE);

        assertThat(read.times()).isEqualTo("2026-06-12T14:40:00Z/2026-06-12T14:55:00Z");
    }

    @Test
    void a_missing_total_is_tolerated() {
        Read read = Read.of(one(aVendorSlot()).remove("/total")).asking(ALICE);

        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
    }

    @Test
    void a_total_that_promises_more_slots_than_came_makes_the_answer_partial() {
        Read read = Read.of(one(aVendorSlot()).total(12)).asking(ALICE);

        assertThat(read.answer()).isInstanceOf(Answer.Partial.class);
        assertThat(read.slots()).hasSize(1);
    }

    @Test
    void a_vendor_whose_total_counts_every_entry_is_forgiven_when_its_descriptor_says_so() {
        Read read = Read.of(one(aVendorSlot()).total(5)).asking(ALICE).tolerating(Quirk.TOTAL_COUNTS_EVERYTHING);

        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
    }

    @Test
    void an_outcome_with_an_error_among_the_entries_makes_the_answer_partial() {
        Read read = Read.of(one(aVendorSlot()).with(anOutcome("error", "timeout", "one agenda could not be read")))
                .asking(ALICE);

        assertThat(read.answer())
                .isEqualTo(new Answer.Partial(new Trouble(Kind.VENDOR_ERROR, "The answer reports an error (timeout)")));
    }

    @Test
    void unknown_extensions_and_elements_are_kept_out_and_spoil_nothing() {
        Read read = Read.of(one(aVendorSlot()
                        .tamper(slot -> slot.withArray("extension")
                                .addObject()
                                .put("url", "https://vendor.example/colour")
                                .put("valueString", "red"))
                        .set("/colour", "red")))
                .asking(ALICE);

        assertThat(read.slot().start()).isNotNull();
        assertThat(read.findings()).isEmpty();
    }

    @Test
    void empty_strings_are_left_out_and_noted() {
        Read read = Read.of(one(aVendorSlot().set("/comment", "").reason(""))).asking(ALICE);

        assertThat(read.slot().bookingPage()).isNull();
        assertThat(read.slot().reasons()).isEmpty();
        assertThat(read.findings())
                .containsExactly(
                        "VALUE_LEFT_OUT at Bundle.entry[0].resource", "VALUE_LEFT_OUT at Bundle.entry[0].resource");
    }

    @Test
    void the_first_of_two_slots_with_the_same_id_is_kept() {
        Read read = Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .slot(aVendorSlot().id("twin").from(START))
                                        .slot(aVendorSlot().id("twin").from(START.plusSeconds(900))))))
                .asking(ALICE);

        assertThat(read.slot().start()).isEqualTo(START);
        assertThat(read.findings()).containsExactly("DUPLICATE_ID at Bundle.entry[1].resource.id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://rdv.example/x", "javascript:alert(1)", "call us", "https://user:pass@rdv.example/"})
    void a_comment_that_is_no_booking_page_is_left_out(String comment) {
        Read read = Read.of(one(aVendorSlot().bookableAt(comment))).asking(ALICE);

        assertThat(read.slot().bookingPage()).isNull();
        assertThat(read.findings()).containsExactly("BAD_URL at Bundle.entry[0].resource.comment");
    }

    @Test
    void an_orphan_role_or_practitioner_rejects_the_slots_of_that_schedule_only() {
        VendorBundle bundle = aBundle()
                .with(aPractitioner(ALICE, "DURAND", "Alice")
                        .schedule(s -> ((ObjectNode) s.at("/actor/1")).put("reference", "PractitionerRole/none"))
                        .at(aPlace("1750000001").slot(aVendorSlot())))
                .with(aPractitioner("810007654321", "MOREL", "Basile")
                        .schedule(s -> ((ObjectNode) s.at("/actor/0")).put("reference", "Practitioner/none"))
                        .at(aPlace("1750000002")
                                .set("/practitioner/reference", "Practitioner/none")
                                .slot(aVendorSlot())))
                .with(aPractitioner("810001111111", "PETIT", "Chloé")
                        .at(aPlace("1750000003").slot(aVendorSlot())));
        Read read = Read.of(bundle).asking(ALICE, "810007654321", "810001111111");

        assertThat(read.findings())
                .containsExactly(
                        "ORPHAN_ROLE at Bundle.entry[0].resource.schedule",
                        "ORPHAN_ACTOR at Bundle.entry[1].resource.schedule");
        assertThat(read.slot().subject().value()).isEqualTo("810001111111");
    }

    @Test
    void an_entry_that_is_no_resource_at_all_costs_only_itself() {
        Read read = Read.of(one(aVendorSlot()).tamper(bundle -> {
                    bundle.withArray("entry").addObject().put("fullUrl", "https://vendor.example/x");
                    bundle.withArray("entry").addObject().putObject("resource").put("resourceType", "Slott");
                    bundle.withArray("entry").add("text");
                }))
                .asking(ALICE);

        assertThat(read.slots()).hasSize(1);
        assertThat(read.findings())
                .containsExactly(
                        "ENTRY_WITHOUT_RESOURCE at Bundle.entry[4].resource",
                        "ENTRY_WITHOUT_RESOURCE at Bundle.entry[6].resource");
        assertThat(read.counts()).containsEntry(AnswerRule.UNEXPECTED_RESOURCE, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Bad gateway</html>",
                "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"reso",
                "[]",
                "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"diagnostics\":\"down\"}]}",
                "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}"
            })
    void a_body_that_is_no_searchset_is_a_failure_never_an_empty_answer(String body) {
        assertThat(Read.of(body).asking(ALICE).answer()).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void what_is_no_answer_is_told_by_the_rule_it_breaks() {
        assertThat(Read.of("<html>Bad gateway</html>").asking(ALICE).findings()).containsExactly("NOT_JSON at Bundle");
        assertThat(Read.of("[]").asking(ALICE).findings()).containsExactly("NOT_A_BUNDLE at Bundle");
        assertThat(Read.of("{\"resourceType\":\"Bundle\",\"type\":\"collection\"}")
                        .asking(ALICE)
                        .findings())
                .containsExactly("NOT_A_SEARCHSET at Bundle.type");
    }

    @Test
    void an_empty_searchset_says_that_nothing_is_free() {
        Read read = Read.of(aBundle()).asking(ALICE);

        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
        assertThat(read.batch().offers()).isEmpty();
        assertThat(read.batch().asked()).hasSize(1);
    }

    @Test
    void the_finding_on_a_second_page_names_the_page() {
        Read read = Read.of(
                        one(aVendorSlot().id("a")), one(aVendorSlot().id("b").set("/status", "busy")))
                .asking(ALICE);

        assertThat(read.findings()).first().isEqualTo("NOT_FREE at page 2: Bundle.entry[0].resource.status");
    }

    @Test
    void nobodys_name_is_kept_with_a_rejection() {
        Read read = Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .set("/identifier/0/value", "unknown")
                                .at(aPlace("1750000001").slot(aVendorSlot()))))
                .asking(ALICE);

        assertThat(read.rejections()).isNotEmpty().allMatch(r -> !r.excerpt().contains("DURAND"));
    }

    @Test
    void a_practitioner_missing_among_the_actors_is_found_through_the_role() {
        Read read = Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .schedule(s -> ((ArrayNode) s.get("actor")).remove(0))
                                .at(aPlace("1750000001").slot(aVendorSlot()))))
                .asking(ALICE);

        assertThat(read.slot().subject().value()).isEqualTo(ALICE);
    }

    private static String keyOf(VendorPlace place) {
        return Read.of(aBundle().with(aPractitioner(ALICE, "DURAND", "Alice").at(place.slot(aVendorSlot()))))
                .asking(ALICE)
                .slot()
                .place();
    }

    private static VendorBundle one(VendorSlot slot) {
        return aBundle()
                .with(aPractitioner(ALICE, "DURAND", "Alice")
                        .at(aPlace("1750000001").slot(slot)));
    }

    private static Arguments fault(String code, String element, UnaryOperator<VendorSlot> fault) {
        return Arguments.of(code, element, fault);
    }

    private static Object modifier() {
        return JsonNodeFactory.instance
                .arrayNode()
                .add(JsonNodeFactory.instance
                        .objectNode()
                        .put("url", "https://vendor.example/not")
                        .put("valueBoolean", true));
    }

    /** Nobody reads it: it costs nothing. */
    @Test
    void a_narrative_that_is_no_xhtml_costs_nothing() {
        Consumer<ObjectNode> untidy = resource -> resource.putObject("text")
                .put("status", "generated")
                .put("div", "<div xmlns=\"http://www.w3.org/1999/xhtml\">Dr X<br>Mardi & jeudi</div>");
        Read read = Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .tamper(untidy)
                                .schedule(untidy)
                                .at(aPlace("1750000001")
                                        .tamper(role -> untidy.accept((ObjectNode) role.at("/contained/0")))
                                        .tamper(untidy)
                                        .slot(aVendorSlot().tamper(untidy)))))
                .asking(ALICE);

        assertThat(read.slot().subject().value()).isEqualTo(ALICE);
        assertThat(read.findings()).isEmpty();
    }

    /** 12 rue du Sacré-Cœur, with and without its ligature: one place, and an equal slot of two vendors is one slot. */
    @Test
    void the_same_address_is_one_place_with_a_ligature_or_without() {
        assertThat(placeAt("12 rue du Sacré-Cœur", "62290", "Nœux-les-Mines"))
                .isEqualTo(placeAt("12 RUE DU SACRE COEUR", "62290", "NOEUX LES MINES"))
                .isEqualTo(placeAt("12 rue du Sacre\u0301-C\u0152UR", "62290", "N\u0153ux les Mines"))
                .isNotEqualTo(placeAt("12 rue du Sacré-Cur", "62290", "Nœux-les-Mines"));
        assertThat(placeAt("1 place Lætitia", "20000", "Ajaccio"))
                .isEqualTo(placeAt("1 PLACE LAETITIA", "20000", "AJACCIO"));
    }

    /** The agenda, absences and other vendors know the place by the directory's id. */
    @ParameterizedTest
    @CsvSource({
        "12 bis avenue du Général Leclerc, 42000, Saint-Étienne",
        "12 BIS AV DU GAL LECLERC, 42000, ST ETIENNE",
        "'12B, av. du Général-Leclerc', 42000, St-Etienne CEDEX 2",
        "12 b ave du general leclerc , 42 000, SAINT ETIENNE"
    })
    void a_place_told_without_an_identifier_is_the_directorys_at_that_address(
            String line, String postalCode, String city) {
        assertThat(placeOfDurand(line, postalCode, city)).isEqualTo("1420000001");
    }

    @ParameterizedTest
    @CsvSource({
        "12 avenue du Général Leclerc, 42000, Saint-Étienne",
        "12 bis avenue du Général Leclerc, 42100, Saint-Étienne",
        "12 bis avenue du Général Leclerc, 42000, Saint-Priest",
        "112 bis avenue du Général Leclerc, 42000, Saint-Étienne",
        "3 rue des Deux Cabinets, 42000, Saint-Étienne"
    })
    void another_address_or_one_of_two_places_is_not_taken_for_it(String line, String postalCode, String city) {
        assertThat(placeOfDurand(line, postalCode, city)).startsWith("address-");
    }

    private static String placeOfDurand(String line, String postalCode, String city) {
        return Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .address(line, postalCode, city)
                                        .remove("/organization")
                                        .slot(aVendorSlot()))))
                .knowing(new DirectoryPractitioner(
                        new PractitionerId(ALICE),
                        "DURAND",
                        List.of("Alice"),
                        "10",
                        List.of(),
                        List.of(
                                listed("1420000001", "12 BIS Avenue DU GENERAL LECLERC"),
                                listed("1420000002", "3 RUE DES DEUX CABINETS"),
                                listed("1420000003", "3 RUE DES DEUX CABINETS"))))
                .asking(ALICE)
                .slot()
                .place();
    }

    private static DirectoryPlace listed(String structure, String line) {
        return new DirectoryPlace(
                structure,
                List.of(new StructureId(structure)),
                "CABINET",
                line,
                "42000",
                "ST ETIENNE",
                null,
                ZoneId.of("Europe/Paris"));
    }

    private static String placeAt(String line, String postalCode, String city) {
        return Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .address(line, postalCode, city)
                                        .remove("/organization")
                                        .slot(aVendorSlot()))))
                .asking(ALICE)
                .slot()
                .place();
    }
}
