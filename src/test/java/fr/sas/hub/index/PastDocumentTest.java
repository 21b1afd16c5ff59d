package fr.sas.hub.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.vendor.Vendor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

    private static final Settings SETTINGS = new Settings(
            true,
            true,
            Settings.Through.MSP,
            new StructureId("1750000001"),
            Set.of("place-1", "place-2"),
            false,
            Set.of(new Source("agenda-soleil")),
            true,
            true);

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

    /** Whatever more is written needs another version, and files of it beside the older ones. */
    @Test
    void what_this_hub_writes_is_what_the_newest_files_hold() throws IOException {
        assertWritten("settings", PastDocument.of(new PastDocument.SettingsChange(Settings.DEFAULT, SETTINGS)));
        assertWritten("notices", PastDocument.of(NOTICES));
        assertWritten("vendor", PastDocument.of(VENDOR));
        assertWritten("freshness", PastDocument.of(FRESHNESS));
        assertWritten("centre", PastDocument.of(true));
    }

    private static void assertWritten(String what, String document) throws IOException {
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(document)).as(what).isEqualTo(json.readTree(kept(what, NEWEST)));
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
                .isEqualTo(new Settings(false, true, null, null, Set.of(), null, Set.of(), false, false));
        assertThat(PastDocument.vendor("{\"version\": 7, \"said\": {\"status\": \"RETIRED\", \"shown\": true}}"))
                .isEqualTo(new VendorThen(Vendor.Status.PAUSED, true, false));
    }

    @Test
    void slots_and_offers_that_earlier_hubs_stored_are_read() throws IOException {
        Slot slot = SlotContent.read(
                new PractitionerId("810000000001"), "place-1", EIGHT, EIGHT.plusSeconds(900), "r1", kept("slot", 1));

        assertThat(slot.audiences()).containsExactly(Audience.COMMUNITY);
        assertThat(slot.communities())
                .singleElement()
                .satisfies(cpts -> assertThat(cpts.phone()).isEqualTo("+33102030405"));
        assertThat(OfferContent.read(kept("offer", 1)).places()).singleElement().satisfies(place -> {
            assertThat(place.structure()).isEqualTo(new StructureId("1750000001"));
            assertThat(place.hours()).hasSize(1);
        });
    }

    private static String kept(String what, int version) throws IOException {
        String file = "/past/" + what + "-" + version + ".json";
        try (var in = Objects.requireNonNull(PastDocumentTest.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
