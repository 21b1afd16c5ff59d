package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import fr.sas.hub.directory.Facility;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.index.SourceFreshness;
import fr.sas.hub.index.SourceFreshnessPolicy;
import fr.sas.hub.index.SourceStatus;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.testing.Batches;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** An answer put together of packed subjects is the one that an obvious hub writes: rendered anew, slot by slot. */
class BlockAnswersTest {

    private static final String BASE = "http://hub.example/fhir";
    private static final Instant NOON = Instant.parse("2026-06-12T12:00:00Z");
    private static final Source SOLEIL = new Source("agenda-soleil");
    private static final Source LUNE = new Source("lune");
    private static final StructureId CPTS = new StructureId("1750000005");

    private final SourceFreshnessPolicy standings = mock(SourceFreshnessPolicy.class);
    private final SearchFigures figures = new SearchFigures(new SimpleMeterRegistry());

    @Property(tries = 400)
    void what_is_answered_from_the_shelf_is_what_is_rendered_slot_by_slot(@ForAll long seed) throws IOException {
        Random dice = new Random(seed);
        boolean forCommunities = dice.nextInt(4) == 0;
        List<Availability> known = IntStream.rangeClosed(1, 1 + dice.nextInt(4))
                .mapToObj(number -> somebody(number, dice))
                .toList();
        List<PackedSubject> shelf =
                known.stream().map(one -> PackedSubject.of(one, forCommunities)).toList();
        for (int look = 0; look < 4; look++) {
            Instant now = NOON.plus(minutes(dice.nextInt(500)));
            SearchQuery query = query(known, now, forCommunities, dice);

            byte[] plain = answer(query, known, shelf, now, new PlainAnswer(new byte[0]));
            byte[] gzipped = answer(query, known, shelf, now, new GzipAnswer(new byte[0], new byte[0]));

            assertThat(entries(plain)).isEqualTo(obvious(query, known, now, forCommunities));
            assertThat(entries(unzipped(gzipped))).isEqualTo(entries(plain));
        }
    }

    @Property(tries = 30)
    void slots_longer_than_what_deflate_can_refer_to_are_answered_whole(@ForAll long seed) throws IOException {
        Random dice = new Random(seed);
        PractitionerId id = Batches.practitioner(1);
        PracticeLocation place = Batches.place(id, 1);
        List<MergedSlot> slots = IntStream.range(0, 4)
                .mapToObj(i -> slot(id, place, NOON.plus(minutes(20 * i)), SOLEIL, noise(dice, 40_000), true, dice))
                .toList();
        List<Availability> known =
                List.of(availability(id, List.of(place), slots, SourceFreshness.FRESH, Settings.DEFAULT));
        SearchQuery query = query(known, NOON, false, dice);

        byte[] gzipped = answer(
                query,
                known,
                List.of(PackedSubject.of(known.getFirst(), false)),
                NOON,
                new GzipAnswer(new byte[0], new byte[0]));

        assertThat(entries(unzipped(gzipped))).isEqualTo(obvious(query, known, NOON, false));
    }

    private byte[] answer(
            SearchQuery query, List<Availability> known, List<PackedSubject> shelf, Instant now, AnswerBytes out) {
        List<ShelvedSubject> subjects = IntStream.range(0, shelf.size())
                .mapToObj(i -> shelf.get(i).open(known.get(i).subject()))
                .toList();
        new SearchAnswer(query, subjects, standings, figures, now, now, BASE, out)
                .write(BASE + "/Slot", BASE + "/Slot");
        return Arrays.copyOf(out.array(), out.length());
    }

    private static byte[] unzipped(byte[] gzipped) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
            return in.readAllBytes();
        }
    }

    /** What stands behind the head of the Bundle, which names it anew each time, and before what is told of sources. */
    private static String entries(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        return text.substring(text.indexOf("\"total\":"))
                .replaceFirst("\"link\":\\[[^]]*]", "")
                .replaceFirst(",?\\{\"fullUrl\":\"urn:uuid:.*\"mode\":\"outcome\"}}", "")
                .replace(",\"entry\":[]", "");
    }

    private static Availability somebody(int number, Random dice) {
        PractitionerId id = Batches.practitioner(number);
        List<PracticeLocation> places = List.of(Batches.place(id, 1), Batches.place(id, 2));
        boolean verified = dice.nextInt(3) > 0;
        List<MergedSlot> slots = new ArrayList<>();
        Instant start = NOON.minus(minutes(dice.nextInt(120)));
        for (int left = dice.nextInt(25); left > 0; left--) {
            start = start.plusMillis(dice.nextInt(8) == 0 ? dice.nextInt(90_000) : 60_000L * (5 * dice.nextInt(8)));
            String page = dice.nextInt(5) == 0 ? "ä€/" + noise(dice, dice.nextInt(60)) : "rdv/" + dice.nextInt(100_000);
            slots.add(slot(
                    id, places.get(dice.nextInt(2)), start, dice.nextBoolean() ? SOLEIL : LUNE, page, verified, dice));
        }
        slots.sort(Comparator.comparing((MergedSlot one) -> one.slot().start()).thenComparing(MergedSlot::id));
        Settings settings = switch (dice.nextInt(3)) {
            case 0 -> Settings.DEFAULT;
            case 1 -> participating(Set.of());
            default -> participating(Set.of(places.getFirst().key()));
        };
        return availability(id, places, slots, verified ? SourceFreshness.FRESH : SourceFreshness.UNVERIFIED, settings);
    }

    private static Settings participating(Set<String> at) {
        return new Settings(false, true, Settings.Through.CPTS, CPTS, at, false, Set.of(), true, true);
    }

    private static Availability availability(
            Subject id,
            List<PracticeLocation> places,
            List<MergedSlot> slots,
            SourceFreshness standing,
            Settings settings) {
        Map<String, PracticeLocation> byKey = new TreeMap<>();
        places.forEach(place -> byKey.put(place.key(), place));
        Facility cpts = new Facility(CPTS, "CPTS", Facility.Kind.CPTS, "+33140000001", null, null, null);
        return new Availability(
                id,
                new Party(id, "NOM", List.of("Camille")),
                new Commitment(settings, List.of(), settings.participates() ? Map.of(CPTS, cpts) : Map.of()),
                List.of(
                        new SourceStatus(SOLEIL, NOON.minusSeconds(20), null, null),
                        new SourceStatus(LUNE, NOON.minusSeconds(40), null, null)),
                List.of(standing, standing),
                byKey,
                Map.of(places.getFirst().key(), "2e étage"),
                slots,
                null);
    }

    private static MergedSlot slot(
            Subject subject,
            PracticeLocation place,
            Instant start,
            Source source,
            String page,
            boolean verified,
            Random dice) {
        Slot slot = new Slot(
                subject,
                place.key(),
                start,
                start.plus(minutes(5 + 5 * dice.nextInt(6))),
                dice.nextInt(3) == 0 ? Set.of(Audience.PUBLIC, Audience.UNSCHEDULED_CARE) : Set.of(Audience.PUBLIC),
                dice.nextInt(3) == 0 ? Set.of(ConsultationMode.REMOTE) : Set.of(ConsultationMode.AT_PRACTICE),
                dice.nextInt(3) == 0 ? List.of("Consultation de soins non programmés") : List.of(),
                List.of(),
                null,
                URI.create("https://" + source + ".example/" + page),
                dice.nextInt(4) == 0 ? List.of(new Community(CPTS, "CPTS", "+33140000001")) : List.of(),
                1,
                "");
        List<MergedSlot.Other> others =
                dice.nextInt(4) == 0 ? List.of(new MergedSlot.Other(Source.AGENDA, null, "")) : List.of();
        String id = subject.value() + "-" + Long.toUnsignedString(dice.nextLong(), 32);
        return new MergedSlot(id, slot, source, others, start.minusSeconds(3_600), verified);
    }

    private static SearchQuery query(List<Availability> known, Instant now, boolean forCommunities, Random dice) {
        Instant from = dice.nextBoolean() ? now : now.plus(minutes(dice.nextInt(300)));
        StringBuilder text = new StringBuilder("status=free&start=ge")
                .append(from)
                .append("&start=le")
                .append(from.plus(minutes(30 + dice.nextInt(900))))
                .append("&schedule.actor:Practitioner.identifier=")
                .append(String.join(
                        ",", known.stream().map(one -> one.subject().value()).toList()));
        if (forCommunities) {
            text.append("&_include=Slot:service-type-reference&_include=HealthcareService:organization");
        }
        if (dice.nextInt(4) > 0) {
            text.append("&_include=Slot:schedule");
            text.append(dice.nextInt(4) > 0 ? "&_include:iterate=Schedule:actor" : "");
        }
        if (dice.nextInt(3) == 0) {
            text.append("&participation=").append(dice.nextBoolean());
        }
        return SearchQuery.ofSlots(QueryString.parse(text.toString()), false);
    }

    /** The same, with nothing kept and nothing put together before. */
    private static String obvious(SearchQuery query, List<Availability> known, Instant now, boolean forCommunities) {
        Map<Availability, List<MergedSlot>> found = new java.util.LinkedHashMap<>();
        known.forEach(one -> {
            List<MergedSlot> slots = one.slots().stream()
                    .filter(slot -> isFound(query, one, slot, now))
                    .toList();
            if (!slots.isEmpty()) {
                found.put(one, slots);
            }
        });
        List<Availability> inOrder = found.keySet().stream()
                .sorted(Comparator.comparing(
                                (Availability one) -> !one.commitment().participates())
                        .thenComparing(one -> Objects.requireNonNull(found.get(one))
                                .getFirst()
                                .slot()
                                .start())
                        .thenComparing(one -> one.subject().value()))
                .toList();
        Set<String> entries = new LinkedHashSet<>();
        inOrder.forEach(one -> Objects.requireNonNull(found.get(one))
                .forEach(slot -> entries.add(text(
                        Shape.PRACTITIONER.slot(slot, placeOf(one, slot), scheduleOf(one, slot), forCommunities)))));
        if (query.includes(SearchQuery.Include.SCHEDULE)) {
            inOrder.forEach(one -> addSchedules(query, one, Objects.requireNonNull(found.get(one)), entries));
        }
        if (forCommunities) {
            inOrder.stream()
                    .flatMap(one -> Objects.requireNonNull(found.get(one)).stream())
                    .flatMap(slot -> slot.slot().communities().stream())
                    .map(ShelvedCommunity::of)
                    .forEach(community -> {
                        entries.add(text(community.service()));
                        if (entries.stream().noneMatch(entry -> entry.startsWith("Organization/" + CPTS))) {
                            entries.add(text(community.organization()));
                        }
                    });
        }
        int total = found.values().stream().mapToInt(List::size).sum();
        String head = "\"total\":" + total + ",";
        return entries.isEmpty()
                ? head + "}"
                : head + ",\"entry\":[{\"fullUrl\":\"" + BASE + "/"
                        + String.join(",{\"fullUrl\":\"" + BASE + "/", entries) + "]}";
    }

    private static void addSchedules(SearchQuery query, Availability one, List<MergedSlot> slots, Set<String> entries) {
        Party who = Objects.requireNonNull(one.party());
        List<String> order = one.slots().stream()
                .map(slot -> scheduleOf(one, slot))
                .distinct()
                .toList();
        slots.stream()
                .sorted(Comparator.comparing(slot -> order.indexOf(scheduleOf(one, slot))))
                .forEach(slot -> {
                    PracticeLocation place = placeOf(one, slot);
                    entries.add(text(Shape.PRACTITIONER.schedule(scheduleOf(one, slot), who, place, slot.source()))
                            .replace(
                                    ResourceWriter.UNKNOWN_SYNC,
                                    FhirInstants.write(
                                            NOON.minusSeconds(slot.source().equals(SOLEIL) ? 20 : 40),
                                            PlaceZones.MAINLAND)));
                    if (query.includes(SearchQuery.Include.ROLE)) {
                        entries.add(text(Shape.PRACTITIONER.place(who, place, one)));
                        ShelvedStructure toCall =
                                ShelvedStructure.of(one.commitment().structureToCall(place));
                        if (toCall != null) {
                            entries.add(text(toCall.organization()));
                        }
                    }
                });
        if (query.includes(SearchQuery.Include.PRACTITIONER)) {
            entries.add(text(Shape.PRACTITIONER.party(who, one)));
        }
    }

    private static boolean isFound(SearchQuery query, Availability one, MergedSlot slot, Instant now) {
        boolean there = one.commitment().at(placeOf(one, slot)).participates();
        Instant start = slot.slot().start();
        return !start.isBefore(query.window().from())
                && !start.isAfter(query.window().to())
                && slot.slot().end().isAfter(now)
                && (query.participation() == null || query.participation() == there);
    }

    private static PracticeLocation placeOf(Availability one, MergedSlot slot) {
        return Objects.requireNonNull(one.places().get(slot.slot().place()));
    }

    private static String scheduleOf(Availability one, MergedSlot slot) {
        return Ids.schedule(one.subject(), placeOf(one, slot), slot.source());
    }

    private static String text(BundleEntry entry) {
        return new String(entry.piece().plain, StandardCharsets.UTF_8);
    }

    private static String noise(Random dice, int length) {
        return dice.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
