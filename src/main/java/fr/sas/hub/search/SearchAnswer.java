package fr.sas.hub.search;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.fhir.OutcomeIssue;
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.search.SearchQuery.Include;
import fr.sas.hub.slot.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Assembles an answer from the shelf: selects, sorts, counts and copies bytes. No FHIR object is built. */
final class SearchAnswer {

    /** A subject and the numbers of its slots in the answer, by start; never empty. */
    private record SubjectMatch(ShelvedSubject subject, int[] slots) {

        long start() {
            return subject.start(slots[0]);
        }
    }

    /** By subject: participants first, then by earliest slot (DESIGN §4); the id makes the order total. */
    private static final Comparator<SubjectMatch> ORDER = Comparator.comparing(
                    (SubjectMatch found) -> !found.subject.participates)
            .thenComparingLong(SubjectMatch::start)
            .thenComparing(found -> found.subject.id);

    private final SearchQuery query;
    private final List<ShelvedSubject> subjects;
    private final SourceFreshnessPolicy freshness;
    private final SearchFigures figures;
    private final Instant now;
    private final Instant knownAt;
    private final BundleBytes bundle;
    /** Logical ids of those already in the answer. */
    private final Set<String> organizations = new HashSet<>();

    /** @param knownAt of which instant the hub's own agendas and settings are known; {@code now} unless the database is silent */
    SearchAnswer(
            SearchQuery query,
            List<ShelvedSubject> subjects,
            SourceFreshnessPolicy freshness,
            SearchFigures figures,
            Instant now,
            Instant knownAt,
            String base,
            AnswerBytes out) {
        this.query = query;
        this.subjects = query.wanted(subjects);
        this.freshness = freshness;
        this.figures = figures;
        this.now = now;
        this.knownAt = knownAt;
        this.bundle = new BundleBytes(base, out);
    }

    /**
     * @param self the request as received
     * @param firstPage the same request as a GET, without a page's mark
     * @return the number of slots found
     */
    int write(String self, Supplier<String> firstPage) {
        List<SubjectMatch> found = find();
        int total = count(found);
        Page page = Page.of(found, query);
        bundle.begin(
                now,
                profile(),
                total,
                self,
                page.next() == null ? null : firstPage.get() + "&" + SearchQuery.AFTER + "=" + page.next());
        if (query.kind() == SearchQuery.Kind.SOS) {
            writeSchedulesFirst(page.found());
        } else {
            writeSlotsFirst(page.found());
        }
        writeOutcome();
        tellAges();
        bundle.end();
        return total;
    }

    private List<SubjectMatch> find() {
        List<SubjectMatch> found = new ArrayList<>();
        if (query.nothingFits()) {
            return found;
        }
        long from = query.window().from().toEpochMilli();
        long to = query.window().to().toEpochMilli();
        long present = now.toEpochMilli();
        for (ShelvedSubject subject : subjects) {
            boolean choosesPlaces = query.choosesPlaces(subject);
            int[] slots = new int[subject.slots()];
            int count = 0;
            for (int slot = 0; slot < slots.length && subject.start(slot) <= to; slot++) {
                if (subject.start(slot) >= from
                        && subject.end(slot) > present
                        && (!choosesPlaces || query.wants(subject.schedules.get(subject.scheduleOf(slot))))) {
                    slots[count++] = slot;
                }
            }
            if (count > 0) {
                found.add(new SubjectMatch(subject, count == slots.length ? slots : Arrays.copyOf(slots, count)));
            }
        }
        found.sort(ORDER);
        return found;
    }

    private static int count(List<SubjectMatch> found) {
        int count = 0;
        for (SubjectMatch one : found) {
            count += one.slots.length;
        }
        return count;
    }

    /**
     * A page of the slots, as {@code _count} requests. The next page begins after a given slot and omits the subjects
     * already sent, rather than skipping a number of slots: none is lost or repeated when others appear or expire in
     * between.
     */
    private record Page(List<SubjectMatch> found, @Nullable String next) {

        static Page of(List<SubjectMatch> all, SearchQuery query) {
            Mark mark = Mark.parse(query.after());
            List<SubjectMatch> rest = mark == null ? all : mark.after(all);
            Integer count = query.count();
            if (count == null || count(rest) <= count) {
                return new Page(rest, null);
            }
            List<SubjectMatch> page = new ArrayList<>();
            int left = count;
            for (SubjectMatch one : rest) {
                if (left <= 0) {
                    break;
                }
                page.add(new SubjectMatch(one.subject, Arrays.copyOf(one.slots, Math.min(left, one.slots.length))));
                left -= one.slots.length;
            }
            return new Page(page, page.isEmpty() ? null : Mark.of(page, mark));
        }
    }

    /**
     * Where a page ended: {@code start.slot.subject.subject…}.
     *
     * @param start of the last slot sent, in milliseconds since the epoch
     * @param slot its id
     * @param told subjects whose slots were sent, the last slot's subject last; includes those of earlier pages
     */
    private record Mark(long start, String slot, List<String> told) {

        static String of(List<SubjectMatch> page, @Nullable Mark before) {
            SubjectMatch last = page.getLast();
            int slot = last.slots[last.slots.length - 1];
            Set<String> told = before == null ? new LinkedHashSet<>() : new LinkedHashSet<>(before.told);
            page.forEach(one -> told.add(one.subject.id));
            return last.subject.start(slot) + "." + idOf(last.subject, slot) + "." + String.join(".", told);
        }

        static @Nullable Mark parse(@Nullable String text) {
            if (text == null) {
                return null;
            }
            List<String> parts = List.of(text.split("\\.", -1));
            if (parts.size() < 3) {
                throw FhirRefusal.malformed(SearchQuery.AFTER, "not a mark issued by this hub");
            }
            try {
                return new Mark(Long.parseLong(parts.get(0)), parts.get(1), parts.subList(2, parts.size()));
            } catch (NumberFormatException e) {
                throw FhirRefusal.malformed(SearchQuery.AFTER, "not a mark issued by this hub");
            }
        }

        /** The rest of the subject in the middle of which the page ended, then the subjects not sent yet. */
        List<SubjectMatch> after(List<SubjectMatch> all) {
            List<SubjectMatch> rest = new ArrayList<>();
            for (SubjectMatch one : all) {
                String subject = one.subject.id;
                if (subject.equals(told.getLast())) {
                    int[] slots = Arrays.stream(one.slots)
                            .filter(slot -> isBefore(one.subject, slot))
                            .toArray();
                    if (slots.length > 0) {
                        rest.addFirst(new SubjectMatch(one.subject, slots));
                    }
                } else if (!told.contains(subject)) {
                    rest.add(one);
                }
            }
            return rest;
        }

        private boolean isBefore(ShelvedSubject subject, int other) {
            long theirs = subject.start(other);
            return start != theirs ? start < theirs : slot.compareTo(idOf(subject, other)) < 0;
        }

        private static String idOf(ShelvedSubject subject, int slot) {
            return ShelvedSubject.idIn(subject.unpackedSlot(slot));
        }
    }

    private String profile() {
        return switch (query.kind()) {
            case INDIVIDUAL, CENTRES -> FhirVocabulary.BUNDLE;
            case CPTS -> FhirVocabulary.CPTS_BUNDLE;
            case SOS -> FhirVocabulary.SOS_BUNDLE;
        };
    }

    private void writeSlotsFirst(List<SubjectMatch> found) {
        writeSlots(found);
        if (query.includes(Include.SCHEDULE)) {
            writeSchedules(found);
        }
        if (query.isForCommunities()) {
            writeCommunities(found);
        }
    }

    private void writeSchedulesFirst(List<SubjectMatch> found) {
        writeSchedules(found);
        if (query.includes(Include.SLOT)) {
            writeSlots(found);
        }
    }

    private void writeSlots(List<SubjectMatch> found) {
        for (SubjectMatch one : found) {
            bundle.putSlots(one.subject, one.slots);
        }
    }

    /** For each subject: the schedules its slots refer to, then the party and the places. */
    private void writeSchedules(List<SubjectMatch> found) {
        for (SubjectMatch one : found) {
            ShelvedSubject subject = one.subject;
            BitSet referred = new BitSet();
            for (int slot : one.slots) {
                referred.set(subject.scheduleOf(slot));
            }
            BitSet places = new BitSet();
            for (int i = referred.nextSetBit(0); i >= 0; i = referred.nextSetBit(i + 1)) {
                ShelvedSubject.ShelvedSchedule schedule = subject.schedules.get(i);
                putSchedule(subject, i);
                if (query.includes(subject.placesIncludedBy) && !places.get(schedule.place())) {
                    places.set(schedule.place());
                    bundle.put(subject, subject.place(schedule.place()));
                    int toCall = schedule.toCall();
                    if (toCall >= 0 && organizations.add(subject.idOfStructure(toCall))) {
                        bundle.put(subject, subject.structure(toCall));
                    }
                }
            }
            ShelvedSubject.Text party = subject.party();
            if (party != null && tellsParty(subject) && isNotWritten(subject)) {
                bundle.put(subject, party);
            }
        }
    }

    /** A centre's Organization is included with the Location that refers to it, whether requested or not. */
    private boolean tellsParty(ShelvedSubject subject) {
        return query.includes(subject.includedBy) || (subject.isCentre && query.includes(subject.placesIncludedBy));
    }

    /** A health centre's Organization may already be in the answer as the one to call. */
    private boolean isNotWritten(ShelvedSubject subject) {
        return subject.includedBy != Include.MANAGING_ORGANIZATION || organizations.add(subject.id);
    }

    private void writeCommunities(List<SubjectMatch> found) {
        Set<String> written = new HashSet<>();
        for (SubjectMatch one : found) {
            for (int slot : one.slots) {
                for (int community : one.subject.communitiesOf(slot)) {
                    String id = one.subject.idOfCommunity(community);
                    if (written.add(id)) {
                        bundle.put(one.subject, one.subject.communityService(community));
                        if (query.includes(Include.COMMUNITY_ORGANIZATION) && organizations.add(id)) {
                            bundle.put(one.subject, one.subject.communityOrganization(community));
                        }
                    }
                }
            }
        }
    }

    private void writeOutcome() {
        List<OutcomeIssue> issues = new ArrayList<>(SpoiledSources.in(subjects, freshness, now, knownAt));
        issues.forEach(issue -> figures.spoiled(String.valueOf(issue.text()), String.valueOf(issue.code())));
        if (knownAt.isBefore(now)) {
            issues.add(OutcomeIssue.warning(
                    "transient",
                    "The hub's database does not answer; this is what was known at "
                            + FhirInstants.write(knownAt, PlaceZones.MAINLAND) + ", "
                            + Duration.between(knownAt, now).toSeconds() + " s ago"));
        }
        issues.addAll(query.remarks());
        bundle.putOutcome(issues);
    }

    /** For each vendor served, its oldest confirmation. */
    private void tellAges() {
        Map<Source, Instant> oldest = new HashMap<>();
        for (ShelvedSubject subject : subjects) {
            for (int i = 0; i < subject.sourceCount(); i++) {
                SourceStatus status = subject.statusOf(i);
                SourceFreshness freshness = subject.freshnessOf(i);
                boolean isServed = freshness == SourceFreshness.FRESH || freshness == SourceFreshness.UNVERIFIED;
                if (isServed && status.confirmedAt() != null && !status.source().isAgenda()) {
                    oldest.merge(status.source(), status.confirmedAt(), (a, b) -> a.isBefore(b) ? a : b);
                }
            }
        }
        oldest.forEach((source, confirmedAt) -> figures.served(source, Duration.between(confirmedAt, now)));
    }

    private void putSchedule(ShelvedSubject subject, int number) {
        bundle.put(
                subject,
                subject.scheduleBefore(number),
                syncOf(subject, number, knownAt),
                subject.scheduleAfter(number));
    }

    /** When the source of a schedule last confirmed it, as written; for the agenda, the instant as of which it is known. */
    static byte[] syncOf(ShelvedSubject subject, int schedule, Instant knownAt) {
        SourceStatus status = subject.statusOf(subject.schedules.get(schedule).status());
        Instant confirmedAt = status.confirmedAt();
        Instant sync = status.source().isAgenda() || confirmedAt == null ? knownAt : confirmedAt;
        return FhirInstants.write(sync, PlaceZones.MAINLAND).getBytes(StandardCharsets.US_ASCII);
    }
}
