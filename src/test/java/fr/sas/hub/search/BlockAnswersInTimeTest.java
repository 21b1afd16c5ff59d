package fr.sas.hub.search;

import static fr.sas.hub.search.DrawnSearches.CPTS;
import static fr.sas.hub.search.DrawnSearches.LUNE;
import static fr.sas.hub.search.DrawnSearches.NOON;
import static fr.sas.hub.search.DrawnSearches.SOLEIL;
import static fr.sas.hub.search.DrawnSearches.minutes;
import static fr.sas.hub.search.RenderedSlotBySlot.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.DeclaredVendors;
import fr.sas.hub.index.HeardSubject;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.testing.Batches;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * While sources fall silent and are heard again, slots end and people leave and come back: what was packed is answered
 * for as long as it says that it holds, and it is what an obvious hub writes at that instant.
 */
class BlockAnswersInTimeTest {

    private static final StructureId CENTRE = new StructureId("1750000009");
    private static final Facility CENTRE_TO_CALL =
            new Facility(CENTRE, "CDS DU PARC", Facility.Kind.CDS, "+33140000009", null, null, null);
    private static final List<Source> SOURCES = List.of(SOLEIL, LUNE, Source.AGENDA);
    private static final Answer.Trouble SLOW = new Answer.Trouble(Answer.Kind.TIMED_OUT, "7 s");
    private static final Pattern MARK = Pattern.compile("[&]_after=([^\"]*)\"");
    private static final String EACH_ENTRY = "(?=\\{\"fullUrl\":\")";

    private final DeclaredVendors vendors = new DeclaredVendors();
    private final SourceFreshnessPolicy freshness = vendors.policy();
    private final DeflatedRuns deflated = new DeflatedRuns(DataSize.ofMegabytes(1));
    private final SearchFigures figures = new SearchFigures(new SimpleMeterRegistry());

    @Property(tries = 200)
    void what_was_packed_earlier_is_answered_only_while_it_is_what_is_rendered_now(@ForAll long seed)
            throws IOException {
        Random dice = new Random(seed);
        boolean forCommunities = dice.nextInt(4) == 0;
        vendors.live(SOLEIL, false);
        vendors.live(LUNE, dice.nextInt(6) == 0);
        Map<Subject, HeardSubject> known = everybody(dice);
        Map<Subject, PackedSubject> shelf = new HashMap<>();
        Instant now = NOON;
        for (int look = 0; look < 8; look++) {
            Instant at = now;
            Map<Subject, PackedSubject> fresh = new HashMap<>();
            known.forEach(
                    (subject, heard) -> fresh.put(subject, PackedSubject.of(heard.at(at, freshness), forCommunities)));
            fresh.forEach((subject, packed) ->
                    shelf.merge(subject, packed, (kept, anew) -> kept.holdsAt(at, freshness) ? kept : anew));
            Instant knownAt = dice.nextInt(3) == 0 ? now.minusSeconds(1 + dice.nextInt(900)) : now;
            String search = search(known.keySet(), now, forCommunities, dice);

            assertThatPagesAreRenderedAnew(new Look(search, known, shelf, fresh, now, knownAt));

            now = next(known.values(), now, dice);
            somethingIsHeard(known, shelf, now, dice);
        }
    }

    /** @param knownAt earlier than {@code now} when the database is silent */
    private record Look(
            String search,
            Map<Subject, HeardSubject> known,
            Map<Subject, PackedSubject> shelf,
            Map<Subject, PackedSubject> fresh,
            Instant now,
            Instant knownAt) {}

    private void assertThatPagesAreRenderedAnew(Look look) throws IOException {
        SearchQuery whole = DrawnSearches.query(look.search);
        List<RenderedSlotBySlot.Found> found = RenderedSlotBySlot.found(whole, foundIn(whole, look), look.now);
        String mark = "";
        int from = 0;
        do {
            SearchQuery query = DrawnSearches.query(look.search + mark);
            int to = query.count() == null ? found.size() : Math.min(found.size(), from + query.count());

            byte[] kept = answer(query, look.shelf, look, new PlainAnswer(new byte[0]));
            byte[] zipped = answer(query, look.shelf, look, new GzipAnswer(new byte[0], new byte[0], deflated));
            deflated.makeWhatIsWanted();
            byte[] anew = answer(query, look.fresh, look, new PlainAnswer(new byte[0]));

            String rendered = RenderedSlotBySlot.page(query, found.subList(from, to), found.size(), look.knownAt);
            assertThat(inOneOrder(RenderedSlotBySlot.entries(kept))).isEqualTo(inOneOrder(rendered));
            assertThat(RenderedSlotBySlot.afterTheHead(RenderedSlotBySlot.unzipped(zipped)))
                    .isEqualTo(RenderedSlotBySlot.afterTheHead(kept));
            assertThat(inOneOrder(RenderedSlotBySlot.afterTheHead(kept)))
                    .as("with what is told of sources and the link to the next page")
                    .isEqualTo(inOneOrder(RenderedSlotBySlot.afterTheHead(anew)));
            mark = nextMark(kept);
            assertThat(mark.isEmpty()).as("the last page").isEqualTo(to == found.size());
            from = to;
        } while (!mark.isEmpty());
    }

    private static String nextMark(byte[] answer) {
        return MARK.matcher(RenderedSlotBySlot.afterTheHead(answer))
                .results()
                .map(MatchResult::group)
                .map(group -> group.substring(0, group.length() - 1))
                .findFirst()
                .orElse("");
    }

    /** Slots first, as they come; in which order the resources they refer to follow depends on slots that have ended. */
    private static List<String> inOneOrder(String answer) {
        List<String> parts = List.of(answer.split(EACH_ENTRY));
        String slot = BASE + "/Slot/";
        return Stream.concat(
                        parts.stream().filter(part -> part.contains(slot)),
                        parts.stream().filter(part -> !part.contains(slot)).sorted())
                .map(part -> part.endsWith("]}") ? part.substring(0, part.length() - 2) : part)
                .map(part -> part.endsWith(",") ? part.substring(0, part.length() - 1) : part)
                .toList();
    }

    private byte[] answer(SearchQuery query, Map<Subject, PackedSubject> from, Look look, AnswerBytes out) {
        List<ShelvedSubject> taken = taken(query.subjects(), from);
        Set<Subject> centres = new LinkedHashSet<>();
        taken.forEach(one -> centres.addAll(one.centres));
        query.subjects().forEach(centres::remove);
        List<ShelvedSubject> all =
                Stream.concat(taken.stream(), taken(centres, from).stream()).toList();
        new SearchAnswer(query, all, freshness, figures, look.now, look.knownAt, BASE, out)
                .write(BASE + "/Slot", () -> BASE + "/Slot?");
        return Arrays.copyOf(out.array(), out.length());
    }

    private static List<ShelvedSubject> taken(Collection<Subject> subjects, Map<Subject, PackedSubject> from) {
        return subjects.stream()
                .map(subject -> Objects.requireNonNull(from.get(subject)).open(subject))
                .toList();
    }

    private List<Availability> foundIn(SearchQuery query, Look look) {
        return query.subjects().stream()
                .flatMap(subject -> Stream.concat(
                        Stream.of(subject),
                        Objects.requireNonNull(look.known.get(subject)).commitment().centres().stream()
                                .map(Commitment.AtCentre::centre)))
                .distinct()
                .map(subject -> Objects.requireNonNull(look.known.get(subject)).at(look.now, freshness))
                .toList();
    }

    private static String search(Set<Subject> known, Instant now, boolean forCommunities, Random dice) {
        boolean ofCentre = !forCommunities && dice.nextInt(5) == 0;
        List<Subject> subjects = known.stream()
                .filter(subject -> subject.equals(CENTRE) == ofCentre)
                .toList();
        Instant from = dice.nextBoolean() ? now.minus(minutes(60)) : now.plus(minutes(dice.nextInt(60)));
        String text = DrawnSearches.search(
                ofCentre ? SearchQuery.CENTRES : DrawnSearches.PRACTITIONERS, subjects, from, forCommunities, dice);
        return dice.nextBoolean() ? text : text + "&_count=" + (1 + dice.nextInt(9));
    }

    /** Just before, at or just after an instant at which time changes something; or any other. */
    private static Instant next(Collection<HeardSubject> known, Instant now, Random dice) {
        List<Instant> points = known.stream()
                .flatMap(heard -> heard.turningPoints().stream())
                .filter(point -> point.isAfter(now))
                .sorted()
                .limit(6)
                .toList();
        if (points.isEmpty() || dice.nextInt(5) == 0) {
            return now.plusMillis(dice.nextInt(600_000));
        }
        Instant near = points.get(dice.nextInt(points.size())).plusMillis(dice.nextInt(3) - 1);
        return near.isBefore(now) ? now : near;
    }

    /** As the shelf hears it: a confirmation is applied to what is packed; a doubt is seen by {@code holdsAt} only. */
    private void somethingIsHeard(
            Map<Subject, HeardSubject> known, Map<Subject, PackedSubject> shelf, Instant now, Random dice) {
        if (dice.nextInt(12) == 0) {
            vendors.live(dice.nextBoolean() ? SOLEIL : LUNE, dice.nextBoolean());
        }
        known.forEach((subject, heard) -> {
            Source source = SOURCES.get(dice.nextInt(3));
            if (dice.nextInt(4) == 0 && heard.sources().contains(source)) {
                Instant at = now.minusMillis(dice.nextInt(60_000));
                heard.confirm(source, at);
                if (!Objects.requireNonNull(shelf.get(subject)).confirm(source, at)) {
                    shelf.remove(subject);
                }
            }
        });
    }

    private static Map<Subject, HeardSubject> everybody(Random dice) {
        Map<Subject, HeardSubject> known = new LinkedHashMap<>();
        boolean centreParticipates = dice.nextBoolean();
        boolean hasCentre = dice.nextInt(3) > 0;
        for (int number = 1 + dice.nextInt(3); number > 0; number--) {
            Subject id = Batches.practitioner(number);
            List<PracticeLocation> places = List.of(Batches.place(id, 1), Batches.place(id, 2));
            boolean salaried = hasCentre && dice.nextBoolean();
            Settings settings = DrawnSearches.settings(places.getFirst(), dice);
            List<Commitment.AtCentre> centres = salaried
                    ? List.of(new Commitment.AtCentre(
                            CENTRE, Set.of(places.getLast().key()), centreParticipates))
                    : List.of();
            known.put(id, somebody(new HeardSubject(id, commitment(settings, centres)), places, dice));
        }
        PracticeLocation place = Batches.place(CENTRE, 3);
        Commitment.AtCentre itself = new Commitment.AtCentre(CENTRE, Set.of(place.key()), centreParticipates);
        Commitment ofCentre = commitment(Settings.DEFAULT, List.of(itself));
        known.put(CENTRE, somebody(new HeardSubject(CENTRE, ofCentre), List.of(place), dice));
        return known;
    }

    private static Commitment commitment(Settings settings, List<Commitment.AtCentre> centres) {
        Map<StructureId, Facility> structures = new HashMap<>();
        if (settings.participates()) {
            structures.put(CPTS, DrawnSearches.CPTS_TO_CALL);
        }
        if (centres.stream().anyMatch(Commitment.AtCentre::participates)) {
            structures.put(CENTRE, CENTRE_TO_CALL);
        }
        return new Commitment(settings, centres, structures);
    }

    private static HeardSubject somebody(HeardSubject heard, List<PracticeLocation> places, Random dice) {
        for (Source source : SOURCES) {
            Offer offer = new Offer(new NamedSubject(heard.subject(), "NOM", List.of("Camille")), places, List.of());
            Instant confirmedAt = dice.nextInt(10) == 0 ? null : heardAt(dice);
            Instant failedAt = dice.nextInt(6) == 0 ? NOON.minusSeconds(1) : null;
            SourceStatus status = new SourceStatus(source, confirmedAt, failedAt, failedAt == null ? null : SLOW);
            heard.hear(status, offer, dice.nextBoolean());
        }
        Instant start = NOON.minus(minutes(dice.nextInt(30)));
        for (int left = dice.nextInt(10); left > 0; left--) {
            PracticeLocation place = places.get(dice.nextInt(places.size()));
            Slot slot = DrawnSearches.slot(heard.subject(), place, start, SOLEIL, DrawnSearches.page(dice), dice);
            SOURCES.stream()
                    .filter(source -> dice.nextInt(2) == 0)
                    .forEach(source -> heard.offer(source, slot, inPartAt(source, dice)));
            start = DrawnSearches.startAfter(start, dice).minus(minutes(dice.nextInt(5)));
        }
        if (dice.nextInt(3) == 0) {
            Instant from = NOON.plusMillis(dice.nextInt(1_800_000));
            Instant until = dice.nextBoolean() ? null : from.plusMillis(1 + dice.nextInt(900_000));
            heard.note(new PlaceNotice(places.getFirst().key(), null, List.of(new Absence(from, until)), "2e étage"));
        }
        return heard;
    }

    private static @Nullable Instant inPartAt(Source source, Random dice) {
        return source.isAgenda() || dice.nextInt(6) > 0 ? null : heardAt(dice);
    }

    /** From fresh to long hidden, to the microsecond as the database stores it. */
    private static Instant heardAt(Random dice) {
        long nanos = dice.nextInt(3) == 0 ? 1_000L * dice.nextInt(1_000) : 0;
        return NOON.minusMillis(dice.nextInt(1_500_000)).plusNanos(nanos);
    }
}
