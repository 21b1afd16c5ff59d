package fr.sas.hub.search;

import static fr.sas.hub.fhir.FhirVocabulary.CPTS_SLOT;
import static fr.sas.hub.fhir.FhirVocabulary.SCHEDULE;
import static fr.sas.hub.fhir.FhirVocabulary.SLOT;
import static fr.sas.hub.fhir.FhirVocabulary.SOS_SCHEDULE;
import static fr.sas.hub.fhir.FhirVocabulary.SOS_SLOT;
import static fr.sas.hub.fhir.FhirVocabulary.SPECIALTIES;

import fr.sas.hub.directory.Facility;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.search.resource.CentreWriter;
import fr.sas.hub.search.resource.ResourceWriter;
import fr.sas.hub.slot.AppointmentType;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.OpeningHours;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Specialty;
import fr.sas.hub.slot.StructureId;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The text common to nearly every resource, held once: specimens as the hub writes them. {@link PackedTexts} refers to
 * runs of it instead of repeating them. Every node of one version has the same text; {@link #VERSION} identifies it
 * where packed texts are stored.
 */
final class Phrases {

    /** Short enough to be referenced in a few bytes. */
    static final byte[] TEXT = specimens();

    /** Changes with the text. */
    static final int VERSION = crc(TEXT);

    private static final int BUCKETS = 1 << 14;
    /** The last position of six bytes, by their hash; {@link #BEFORE} gives the one before it. */
    private static final int[] LAST = new int[BUCKETS];

    private static final int[] BEFORE = new int[TEXT.length];
    private static final int MOST_LOOKS = 12;

    static {
        java.util.Arrays.fill(LAST, -1);
        for (int at = 0; at + PackedTexts.HASHED <= TEXT.length; at++) {
            int bucket = PackedTexts.hash(TEXT, at) & BUCKETS - 1;
            BEFORE[at] = LAST[bucket];
            LAST[bucket] = at;
        }
    }

    private Phrases() {}

    /**
     * The longest run that continues the text: its position in the upper half and its length in the lower; 0 for none.
     */
    static long longest(byte[] text, int at) {
        long best = 0;
        int length = 0;
        int looks = 0;
        for (int from = LAST[PackedTexts.hash(text, at) & BUCKETS - 1]; from >= 0 && looks < MOST_LOOKS; looks++) {
            int same = PackedTexts.same(TEXT, from, text, at);
            if (same > length) {
                length = same;
                best = (long) from << 32 | same;
            }
            from = BEFORE[from];
        }
        return best;
    }

    private static byte[] specimens() {
        PractitionerId somebody = new PractitionerId("800000000000");
        StructureId structure = new StructureId("1000000000");
        NamedSubject party = new NamedSubject(somebody, "", List.of(""));
        NamedSubject house = new NamedSubject(structure, "", List.of());
        PracticeLocation place = place(structure, null);
        Community community = new Community(structure, "", "+33");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        add(all, BundleEntry.included("Organization", "0", ResourceWriter.association(house)));
        add(all, BundleEntry.included("Organization", "0", ResourceWriter.communityOrganization(community)));
        add(all, BundleEntry.included("HealthcareService", "0", ResourceWriter.communityService(community)));
        for (Facility.Kind kind : List.of(Facility.Kind.CDS, Facility.Kind.CPTS)) {
            Facility facility = new Facility(structure, "", kind, "+33", "", "", "");
            add(all, BundleEntry.included("Organization", "0", ResourceWriter.structure(facility)));
            Commitment called = new Commitment(
                    participating(Settings.Through.CPTS, structure), List.of(), Map.of(structure, facility));
            add(
                    all,
                    BundleEntry.included(
                            "PractitionerRole", "0", ResourceWriter.practitionerRole(party, place, "", called)));
        }
        add(all, BundleEntry.included("Organization", "0", CentreWriter.organization(house, "+33")));
        add(all, BundleEntry.included("Location", "0", CentreWriter.location(house, place, "", Commitment.NONE)));
        add(all, BundleEntry.included("Location", "0", ResourceWriter.site(house, place(structure, ""))));
        add(all, BundleEntry.included("Slot", "0", slot(place, SOS_SLOT, List.of(), Audience.values(), false)));
        add(all, BundleEntry.matched("Schedule", "0", schedule(SOS_SCHEDULE, "Location/0")));
        add(
                all,
                BundleEntry.matched("Slot", "0", slot(place, CPTS_SLOT, List.of(community), Audience.values(), false)));
        add(
                all,
                BundleEntry.matched("Slot", "0", slot(place, SLOT, List.of(), new Audience[] {Audience.PUBLIC}, true)));
        add(all, BundleEntry.included("Schedule", "0", schedule(SCHEDULE, "Practitioner/0", "PractitionerRole/0")));
        add(all, BundleEntry.included("Practitioner", "0", ResourceWriter.practitioner(party)));
        Commitment own = new Commitment(participating(Settings.Through.PRACTICE, null), List.of());
        add(all, BundleEntry.included("PractitionerRole", "0", ResourceWriter.practitionerRole(party, place, "", own)));
        add(
                all,
                BundleEntry.included(
                        "PractitionerRole", "0", ResourceWriter.practitionerRole(party, place, null, Commitment.NONE)));
        return all.toByteArray();
    }

    private static void add(ByteArrayOutputStream all, BundleEntry entry) {
        all.writeBytes(entry.piece().plain);
    }

    private static Settings participating(Settings.Through through, @Nullable StructureId structure) {
        return Settings.builder()
                .participates(true)
                .participatesThrough(through)
                .structure(structure)
                .declaresTwoHours(true)
                .emergencyReorientation(true)
                .build();
    }

    private static PracticeLocation place(StructureId structure, @Nullable String name) {
        OpeningHours hours =
                new OpeningHours(List.of(DayOfWeek.values()), true, LocalTime.of(8, 0), LocalTime.of(20, 0));
        return new PracticeLocation(
                "1000000000", structure, name, null, "", "", "", "+33", ZoneOffset.UTC, List.of(hours));
    }

    private static byte[] slot(
            PracticeLocation place,
            String profile,
            List<Community> communities,
            Audience[] audiences,
            boolean verified) {
        Instant start = Instant.EPOCH;
        Slot slot = new Slot(
                new PractitionerId("800000000000"),
                place.key(),
                start,
                start.plusSeconds(900),
                Set.of(audiences),
                Set.of(verified ? new ConsultationMode[] {ConsultationMode.AT_PRACTICE} : ConsultationMode.values()),
                List.of("Consultation"),
                List.of(new Specialty(SPECIALTIES, "SM54", null)),
                AppointmentType.ROUTINE,
                URI.create("https://0"),
                communities,
                verified ? 1 : 2,
                "");
        List<MergedSlot.Other> others =
                verified ? List.of() : List.of(new MergedSlot.Other(Source.AGENDA, URI.create("https://0"), ""));
        return ResourceWriter.slot(
                new MergedSlot("0", slot, Source.AGENDA, others, start, verified), place, "0", profile, communities);
    }

    private static byte[] schedule(String profile, String... actors) {
        return ResourceWriter.schedule("0", Source.AGENDA, profile, actors);
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
