package fr.sas.hub.intake;

import static fr.sas.hub.intake.AliceDelivery.ALICE;
import static fr.sas.hub.intake.AliceDelivery.one;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.AppointmentType;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Specialty;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorSlot;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a practitioner's slots as vendors really send them (INT_R01). */
class ReadingDeliveriesTest {

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

    @Test
    void an_instant_in_utc_is_as_good_as_one_with_the_local_offset() {
        Read read = Read.of(
                        one(aVendorSlot().set("/start", "2026-06-12T14:40:00Z").set("/end", "2026-06-12T14:55:00Z")))
                .asking(ALICE);

        assertThat(read.times()).isEqualTo("2026-06-12T14:40:00Z/2026-06-12T14:55:00Z");
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
}
