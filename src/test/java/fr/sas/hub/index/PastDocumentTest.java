package fr.sas.hub.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.index.freshness.FreshnessSettings;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.AppointmentType;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.OpeningHours;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Specialty;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.vendor.Vendor;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What hubs wrote down of the past, in every version there ever was, as files that are never edited: whoever changes what
 * is written adds files and their number.
 */
class PastDocumentTest {

    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");

    private static final int NEWEST = 2;

    private static final Settings SETTINGS = Settings.builder()
            .vendorSlotsHidden(true)
            .participates(true)
            .participatesThrough(Settings.Through.MSP)
            .structure(new StructureId("1750000001"))
            .practiceLocations(Set.of("place-1", "place-2"))
            .usesBookingSoftware(false)
            .vendors(Set.of(new Source("agenda-soleil")))
            .declaresTwoHours(true)
            .emergencyReorientation(true)
            .build();

    private static final List<PlaceNotice> NOTICES = List.of(
            new PlaceNotice(
                    "place-1",
                    new StructureId("1750000001"),
                    List.of(new Absence(EIGHT, EIGHT.plusSeconds(3600)), new Absence(EIGHT.plusSeconds(7200), null)),
                    "Sonner deux fois"),
            new PlaceNotice("place-2", null, List.of(), null));

    private static final VendorThen VENDOR = new VendorThen(Vendor.Status.TRIAL, false, true);

    private static final FreshnessSettings FRESHNESS =
            new FreshnessSettings(Duration.ofMinutes(5), Duration.ofMinutes(20));

    private static final PractitionerId ALICE = new PractitionerId("810000000001");

    private static final Community COMMUNITY =
            new Community(new StructureId("1750000009"), "CPTS Demo", "+33102030405");

    /** As the first hubs stored it. */
    private static final Slot FIRST_SLOT = new Slot(
            ALICE,
            "place-1",
            EIGHT,
            EIGHT.plusSeconds(900),
            Set.of(Audience.COMMUNITY),
            Set.of(ConsultationMode.AT_PRACTICE),
            List.of("Consultation"),
            List.of(),
            null,
            URI.create("https://rdv.example/r1"),
            List.of(COMMUNITY),
            2,
            "r1");

    /** For several patients, of whom one more may be sent. */
    private static final Slot SLOT = new Slot(
            ALICE,
            "place-1",
            EIGHT,
            EIGHT.plusSeconds(900),
            Set.of(Audience.UNSCHEDULED_CARE, Audience.COMMUNITY),
            Set.of(ConsultationMode.AT_PRACTICE, ConsultationMode.REMOTE),
            List.of("Consultation"),
            List.of(new Specialty(
                    "https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale",
                    "SM54",
                    "Médecine générale")),
            AppointmentType.WALKIN,
            URI.create("https://rdv.example/r1"),
            List.of(COMMUNITY),
            1,
            "r1",
            true);

    private static final PracticeLocation PLACE = place("Maison médicale", "urn:vendor|site-1");

    /** Whatever more is written needs another version, and files of it beside the older ones. */
    @Test
    void what_this_hub_writes_is_what_the_newest_files_hold() throws IOException {
        assertWritten("settings", PastDocument.of(new PastDocument.SettingsChange(Settings.DEFAULT, SETTINGS)));
        assertWritten("notices", PastDocument.of(NOTICES));
        assertWritten("vendor", PastDocument.of(VENDOR));
        assertWritten("freshness", PastDocument.of(FRESHNESS));
        assertWritten("centre", PastDocument.of(true));
        assertWritten("slot", SlotContent.write(SLOT));
        assertWritten("offer", OfferContent.write(offered(PLACE)));
    }

    private static void assertWritten(String what, String document) throws IOException {
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(document)).as(what).isEqualTo(json.readTree(kept(what, NEWEST)));
    }

    /** Digests of these texts tell what changed: written otherwise, every slot would be another one after an upgrade. */
    @Test
    void what_is_compared_with_what_sources_say_is_written_letter_by_letter_as_before() throws IOException {
        assertThat(SlotContent.write(SLOT)).isEqualTo(kept("slot", NEWEST).strip());
        assertThat(OfferContent.write(offered(PLACE)))
                .isEqualTo(kept("offer", NEWEST).strip());
    }

    /** What is stored of a slot or an offer may lack a part; a file that lacks one would not show that its name changed. */
    @Test
    void the_newest_files_of_slots_and_offers_hold_every_part_there_is() throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode slot = json.readTree(kept("slot", NEWEST));
        JsonNode offer = json.readTree(kept("offer", NEWEST));

        assertHasAll(slot, SlotContent.class);
        assertHasAll(slot.at("/s/0"), SlotContent.SpecialtyContent.class);
        assertHasAll(slot.at("/c/0"), SlotContent.CommunityContent.class);
        assertHasAll(offer, OfferContent.class);
        assertHasAll(offer.at("/places/0"), PracticeLocation.class);
        assertHasAll(offer.at("/places/0/hours/0"), OpeningHours.class);
    }

    /** A setting that has its default here could be left out of the past without a test that fails. */
    @Test
    void every_setting_of_the_newest_file_differs_from_the_default() throws ReflectiveOperationException {
        for (RecordComponent setting : Settings.class.getRecordComponents()) {
            assertThat(setting.getAccessor().invoke(SETTINGS))
                    .as(setting.getName())
                    .isNotEqualTo(setting.getAccessor().invoke(Settings.DEFAULT));
        }
    }

    private static void assertHasAll(JsonNode stored, Class<? extends Record> type) {
        assertThat(stored.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, NEWEST})
    void settings_that_a_hub_of_any_version_kept_are_read(int version) throws IOException {
        PastDocument.SettingsChange change = PastDocument.settingsChange(kept("settings", version));

        assertThat(change.before()).isEqualTo(Settings.DEFAULT);
        assertThat(change.after()).isEqualTo(SETTINGS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, NEWEST})
    void what_was_said_of_places_is_read_from_any_version(int version) throws IOException {
        assertThat(PastDocument.notices(kept("notices", version))).isEqualTo(NOTICES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, NEWEST})
    void how_vendors_stood_and_how_long_words_were_trusted_is_read_from_any_version(int version) throws IOException {
        assertThat(PastDocument.vendor(kept("vendor", version))).isEqualTo(VENDOR);
        assertThat(PastDocument.freshness(kept("freshness", version))).isEqualTo(FRESHNESS);
        assertThat(PastDocument.isCentre(kept("centre", version))).isTrue();
    }

    @Test
    void fields_and_words_of_a_newer_hub_are_passed_over_and_those_it_left_out_have_their_default() {
        PastDocument.SettingsChange change = PastDocument.settingsChange("""
                {"version": 7, "said": {"after": {"participates": true, "participatesThrough": "PHARMACY",
                  "structure": {"kind": "new", "value": "1750000001"}, "vendors": null, "colour": ["blue"]}}}""");

        assertThat(change.before()).isEqualTo(Settings.DEFAULT);
        assertThat(change.after())
                .isEqualTo(Settings.builder().participates(true).build());
        assertThat(PastDocument.vendor("{\"version\": 7, \"said\": {\"status\": \"RETIRED\", \"shown\": true}}"))
                .isEqualTo(new VendorThen(Vendor.Status.PAUSED, true, false));
    }

    @Test
    void slots_that_a_hub_of_any_version_stored_are_read() throws IOException {
        assertThat(slot(1)).isEqualTo(FIRST_SLOT);
        assertThat(slot(NEWEST)).isEqualTo(SLOT);
    }

    private static @Nullable Slot slot(int version) throws IOException {
        return slot(kept("slot", version));
    }

    private static @Nullable Slot slot(String content) {
        return SlotContent.read(ALICE, "place-1", EIGHT, EIGHT.plusSeconds(900), "r1", content);
    }

    @Test
    void what_a_newer_hub_says_of_a_slot_is_passed_over() throws IOException {
        ObjectNode newer = (ObjectNode) new ObjectMapper().readTree(kept("slot", NEWEST));
        newer.put("v", 2).put("colour", "blue").put("t", "SOMETIME");
        newer.withArray("a").add("PHARMACISTS");
        newer.withArray("m").add("BY_LETTER");
        newer.withArray("s").addObject().put("snomed", "394802001");

        assertThat(slot(newer.toString()))
                .usingRecursiveComparison()
                .ignoringFields("appointmentType")
                .isEqualTo(SLOT);
        assertThat(slot(newer.toString())).extracting(Slot::appointmentType).isNull();
    }

    @Test
    void a_slot_that_is_only_for_people_of_whom_a_newer_hub_knows_is_shown_to_nobody() {
        assertThat(slot("{\"a\": [\"PHARMACISTS\"], \"n\": 1}")).isNull();
    }

    @Test
    void what_a_newer_hub_says_of_who_and_where_is_passed_over() throws IOException {
        ObjectNode newer = (ObjectNode) new ObjectMapper().readTree(kept("offer", NEWEST));
        newer.put("v", 2).put("colour", "blue");
        ObjectNode place = (ObjectNode) newer.at("/places/0");
        place.put("structure", "1750000001").put("floor", 2);
        ObjectNode hours = (ObjectNode) place.at("/hours/0");
        hours.put("opens", "08:00").withArray("days").add("HOLIDAYS");

        assertThat(offer(newer.toString())).isEqualTo(offered(PLACE));
    }

    @Test
    void an_offer_that_says_nothing_has_no_name_and_no_place() {
        assertThat(offer("{}")).isEqualTo(new Offer(new NamedSubject(ALICE, null, List.of()), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00", "08:05", "08:05:09", "08:05:09.000000007", "08:05:00.5"})
    void hours_of_any_precision_read_the_same_after_they_were_written(String time) {
        LocalTime at = LocalTime.parse(time);
        PracticeLocation open = place("Maison", null, new OpeningHours(List.of(DayOfWeek.SUNDAY), true, at, null));

        assertThat(offer(OfferContent.write(offered(open)))).isEqualTo(offered(open));
    }

    @Test
    void offers_that_a_hub_of_any_version_stored_are_read() throws IOException {
        assertThat(offer(1)).isEqualTo(offered(place(null, null)));
        assertThat(offer(NEWEST)).isEqualTo(offered(PLACE));
    }

    private static Offer offer(int version) throws IOException {
        return offer(kept("offer", version));
    }

    private static Offer offer(String document) {
        OfferContent content = OfferContent.read(document);
        return new Offer(content.party(ALICE), content.places(), List.of());
    }

    private static Offer offered(PracticeLocation place) {
        return new Offer(new NamedSubject(ALICE, "DURAND", List.of("Alice")), List.of(place), List.of());
    }

    private static PracticeLocation place(@Nullable String name, @Nullable String localId) {
        return place(
                name,
                localId,
                new OpeningHours(List.of(DayOfWeek.MONDAY), false, LocalTime.of(8, 0), LocalTime.of(19, 30)));
    }

    private static PracticeLocation place(@Nullable String name, @Nullable String localId, OpeningHours hours) {
        return new PracticeLocation(
                "place-1",
                new StructureId("1750000001"),
                name,
                localId,
                "1 RUE HAUTE",
                "75011",
                "PARIS",
                "+33102030405",
                ZoneId.of("Europe/Paris"),
                List.of(hours));
    }

    private static String kept(String what, int version) throws IOException {
        String file = "/past/" + what + "-" + version + ".json";
        try (var in = Objects.requireNonNull(PastDocumentTest.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
