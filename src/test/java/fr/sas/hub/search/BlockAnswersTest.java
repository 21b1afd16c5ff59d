package fr.sas.hub.search;

import static fr.sas.hub.search.DrawnSearches.CPTS;
import static fr.sas.hub.search.DrawnSearches.LUNE;
import static fr.sas.hub.search.DrawnSearches.NOON;
import static fr.sas.hub.search.DrawnSearches.SOLEIL;
import static fr.sas.hub.search.DrawnSearches.minutes;
import static fr.sas.hub.search.RenderedSlotBySlot.BASE;
import static fr.sas.hub.search.RenderedSlotBySlot.entries;
import static fr.sas.hub.search.RenderedSlotBySlot.unzipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import fr.sas.hub.directory.Facility;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.testing.Batches;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.springframework.util.unit.DataSize;

/** An answer put together of packed subjects is the one that an obvious hub writes: rendered anew, slot by slot. */
class BlockAnswersTest {

    private final DeflatedRuns deflated = new DeflatedRuns(DataSize.ofMegabytes(1));
    private final SourceFreshnessPolicy freshness = mock(SourceFreshnessPolicy.class);
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
            byte[] gzipped = answer(query, known, shelf, now, new GzipAnswer(new byte[0], new byte[0], deflated));
            deflated.makeWhatIsWanted();
            byte[] ready = answer(query, known, shelf, now, new GzipAnswer(new byte[0], new byte[0], deflated));

            assertThat(entries(plain)).isEqualTo(RenderedSlotBySlot.of(query, known, now));
            assertThat(entries(unzipped(gzipped))).isEqualTo(entries(plain));
            assertThat(entries(unzipped(ready))).isEqualTo(entries(plain));
        }
    }

    @Property(tries = 30)
    void slots_longer_than_what_deflate_can_refer_to_are_answered_whole(@ForAll long seed) throws IOException {
        Random dice = new Random(seed);
        PractitionerId id = Batches.practitioner(1);
        PracticeLocation place = Batches.place(id, 1);
        List<MergedSlot> slots = IntStream.range(0, 4)
                .mapToObj(i -> slot(
                        id, place, NOON.plus(minutes(20 * i)), SOLEIL, DrawnSearches.noise(dice, 40_000), true, dice))
                .toList();
        List<Availability> known =
                List.of(availability(id, List.of(place), slots, SourceFreshness.FRESH, Settings.DEFAULT));
        SearchQuery query = query(known, NOON, false, dice);

        byte[] gzipped = answer(
                query,
                known,
                List.of(PackedSubject.of(known.getFirst(), false)),
                NOON,
                new GzipAnswer(new byte[0], new byte[0], deflated));

        assertThat(entries(unzipped(gzipped))).isEqualTo(RenderedSlotBySlot.of(query, known, NOON));
    }

    private byte[] answer(
            SearchQuery query, List<Availability> known, List<PackedSubject> shelf, Instant now, AnswerBytes out) {
        List<ShelvedSubject> subjects = IntStream.range(0, shelf.size())
                .mapToObj(i -> shelf.get(i).open(known.get(i).subject()))
                .toList();
        new SearchAnswer(query, subjects, freshness, figures, now, now, BASE, out)
                .write(BASE + "/Slot", () -> BASE + "/Slot");
        return Arrays.copyOf(out.array(), out.length());
    }

    private static Availability somebody(int number, Random dice) {
        PractitionerId id = Batches.practitioner(number);
        List<PracticeLocation> places = List.of(Batches.place(id, 1), Batches.place(id, 2));
        boolean verified = dice.nextInt(3) > 0;
        List<MergedSlot> slots = new ArrayList<>();
        Instant start = NOON.minus(minutes(dice.nextInt(120)));
        for (int left = dice.nextInt(25); left > 0; left--) {
            start = DrawnSearches.startAfter(start, dice);
            Source source = dice.nextBoolean() ? SOLEIL : LUNE;
            slots.add(slot(id, places.get(dice.nextInt(2)), start, source, DrawnSearches.page(dice), verified, dice));
        }
        slots.sort(Comparator.comparing((MergedSlot one) -> one.slot().start()).thenComparing(MergedSlot::id));
        Settings settings = DrawnSearches.settings(places.getFirst(), dice);
        return availability(id, places, slots, verified ? SourceFreshness.FRESH : SourceFreshness.UNVERIFIED, settings);
    }

    private static Availability availability(
            Subject id,
            List<PracticeLocation> places,
            List<MergedSlot> slots,
            SourceFreshness freshness,
            Settings settings) {
        Map<String, PracticeLocation> byKey = new TreeMap<>();
        places.forEach(place -> byKey.put(place.key(), place));
        Map<StructureId, Facility> structures =
                settings.participates() ? Map.of(CPTS, DrawnSearches.CPTS_TO_CALL) : Map.of();
        return new Availability(
                id,
                new NamedSubject(id, "NOM", List.of("Camille")),
                new Commitment(settings, List.of(), structures),
                List.of(
                        new SourceStatus(SOLEIL, NOON.minusSeconds(20), null, null),
                        new SourceStatus(LUNE, NOON.minusSeconds(40), null, null)),
                List.of(freshness, freshness),
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
        List<MergedSlot.Other> others =
                dice.nextInt(4) == 0 ? List.of(new MergedSlot.Other(Source.AGENDA, null, "")) : List.of();
        String id = subject.value() + "-" + Long.toUnsignedString(dice.nextLong(), 32);
        return new MergedSlot(
                id,
                DrawnSearches.slot(subject, place, start, source, page, dice),
                source,
                others,
                start.minusSeconds(3_600),
                verified);
    }

    private static SearchQuery query(List<Availability> known, Instant now, boolean forCommunities, Random dice) {
        Instant from = dice.nextBoolean() ? now : now.plus(minutes(dice.nextInt(300)));
        List<Subject> subjects = known.stream().map(Availability::subject).toList();
        return DrawnSearches.query(
                DrawnSearches.search(DrawnSearches.PRACTITIONERS, subjects, from, forCommunities, dice));
    }
}
