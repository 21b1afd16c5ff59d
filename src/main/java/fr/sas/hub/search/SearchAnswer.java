package fr.sas.hub.search;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.sas.hub.access.FhirRefusal;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.index.SourceWord;
import fr.sas.hub.index.Standing;
import fr.sas.hub.index.Standings;
import fr.sas.hub.search.SearchQuery.Include;
import fr.sas.hub.slot.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts an answer together from what stands on the shelf: picks, orders, counts, and copies bytes. No FHIR object is built.
 */
final class SearchAnswer {

    private static final Cache<String, Prefixes> PREFIXES =
            Caffeine.newBuilder().maximumSize(64).build();
    private static final byte[] END_OF_ENTRIES = "]}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_WITHOUT_ENTRIES = "}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OUTCOME_AFTER =
            ",\"search\":{\"mode\":\"outcome\"}}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMA = ",".getBytes(StandardCharsets.US_ASCII);

    /** What stands before each entry's own bytes, of one base address. */
    private record Prefixes(Piece first, Piece next) {
        static Prefixes of(String base) {
            String text = "{\"fullUrl\":\"" + escape(base) + "/";
            return new Prefixes(
                    new Piece(text.getBytes(StandardCharsets.UTF_8)),
                    new Piece(("," + text).getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** A slot of the answer and whose it is. */
    private record Found(ShelvedSubject subject, ShelvedSubject.ShelvedSlot slot) {}

    /** Participants before others, then by start (DESIGN §4); the id makes the order total. */
    private static final Comparator<Found> ORDER = Comparator.comparing((Found found) -> !found.subject.participates)
            .thenComparingLong(found -> found.slot.start())
            .thenComparing(found -> found.slot.id());

    private final SearchQuery query;
    private final List<ShelvedSubject> subjects;
    private final Standings standings;
    private final SearchFigures figures;
    private final Instant now;
    private final Prefixes prefixes;
    private final AnswerBytes out;
    private boolean any;

    SearchAnswer(
            SearchQuery query,
            List<ShelvedSubject> subjects,
            Standings standings,
            SearchFigures figures,
            Instant now,
            String base,
            AnswerBytes out) {
        this.query = query;
        this.subjects = query.wanted(subjects);
        this.standings = standings;
        this.figures = figures;
        this.now = now;
        this.prefixes = PREFIXES.get(base, Prefixes::of);
        this.out = out;
    }

    /** @param self the request as it came; @return how many slots were found */
    int write(String self) {
        List<Found> found = find();
        int total = found.size();
        Page page = Page.of(found, query);
        begin(total, self, page.next());
        if (query.kind() == SearchQuery.Kind.SOS) {
            writeSchedulesFirst(page.found());
        } else {
            writeSlotsFirst(page.found());
        }
        writeOutcome();
        tellAges();
        out.put(any ? END_OF_ENTRIES : END_WITHOUT_ENTRIES);
        out.end();
        return total;
    }

    private List<Found> find() {
        List<Found> found = new ArrayList<>();
        if (query.nothingFits()) {
            return found;
        }
        long from = query.window().from().toEpochMilli();
        long to = query.window().to().toEpochMilli();
        long present = now.toEpochMilli();
        for (ShelvedSubject subject : subjects) {
            for (ShelvedSubject.ShelvedSlot slot : subject.slots) {
                if (slot.start() > to) {
                    break;
                }
                if (slot.start() >= from && slot.end() > present) {
                    found.add(new Found(subject, slot));
                }
            }
        }
        found.sort(ORDER);
        return found;
    }

    /** A part of the slots, as {@code _count} asks; the next page begins after a slot, not at a number, so none is lost. */
    private record Page(List<Found> found, @Nullable String next) {

        static Page of(List<Found> all, SearchQuery query) {
            int from = 0;
            String after = query.after();
            if (after != null) {
                Mark mark = Mark.parse(after);
                while (from < all.size() && mark.isNotBefore(all.get(from))) {
                    from++;
                }
            }
            Integer count = query.count();
            if (count == null || all.size() - from <= count) {
                return new Page(all.subList(from, all.size()), null);
            }
            List<Found> page = all.subList(from, from + count);
            return new Page(page, page.isEmpty() ? null : Mark.of(page.getLast()));
        }
    }

    private record Mark(boolean participates, long start, String id) {

        static String of(Found found) {
            return (found.subject.participates ? "p" : "o") + found.slot.start() + "." + found.slot.id();
        }

        static Mark parse(String text) {
            int dot = text.indexOf('.');
            try {
                return new Mark(text.startsWith("p"), Long.parseLong(text.substring(1, dot)), text.substring(dot + 1));
            } catch (RuntimeException e) {
                throw FhirRefusal.malformed(SearchQuery.AFTER, "not a mark this hub gave");
            }
        }

        boolean isNotBefore(Found found) {
            if (participates != found.subject.participates) {
                return !participates;
            }
            int byStart = Long.compare(start, found.slot.start());
            return byStart != 0 ? byStart > 0 : id.compareTo(found.slot.id()) >= 0;
        }
    }

    private void begin(int total, String self, @Nullable String next) {
        StringBuilder head = new StringBuilder(1024)
                .append("{\"resourceType\":\"Bundle\",\"id\":\"")
                .append(UUID.randomUUID())
                .append("\",\"meta\":{\"lastUpdated\":\"")
                .append(FhirInstants.write(now, PlaceZones.MAINLAND))
                .append("\",\"profile\":[\"")
                .append(profile())
                .append("\"]},\"type\":\"searchset\",\"total\":")
                .append(total)
                .append(",\"link\":[{\"relation\":\"self\",\"url\":\"")
                .append(escape(self))
                .append("\"}");
        if (next != null) {
            head.append(",{\"relation\":\"next\",\"url\":\"")
                    .append(escape(withMark(self, next)))
                    .append("\"}");
        }
        out.put(head.append(']').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String withMark(String self, String mark) {
        String plain = self.replaceAll("&" + SearchQuery.AFTER + "=[^&]*", "");
        return plain + "&" + SearchQuery.AFTER + "=" + mark;
    }

    private String profile() {
        return switch (query.kind()) {
            case INDIVIDUAL, CENTRES -> FhirVocabulary.BUNDLE;
            case CPTS -> FhirVocabulary.CPTS_BUNDLE;
            case SOS -> FhirVocabulary.SOS_BUNDLE;
        };
    }

    private void writeSlotsFirst(List<Found> found) {
        for (Found one : found) {
            put(one.slot.entry());
        }
        if (query.includes(Include.SCHEDULE)) {
            writeSchedules(found);
        }
        if (query.includes(Include.COMMUNITY_SERVICE)) {
            writeCommunities(found);
        }
    }

    private void writeSchedulesFirst(List<Found> found) {
        writeSchedules(found);
        if (query.includes(Include.SLOT)) {
            for (Found one : found) {
                put(one.slot.entry());
            }
        }
    }

    /**
     * Of each subject: its schedules that the slots refer to, then who and where. In an answer for communities no other
     * organizations stand: a centre's Location names it.
     */
    private void writeSchedules(List<Found> found) {
        Set<ShelvedSubject> inOrder = new java.util.LinkedHashSet<>();
        java.util.IdentityHashMap<ShelvedSubject, BitSet> referred = new java.util.IdentityHashMap<>();
        for (Found one : found) {
            inOrder.add(one.subject);
            referred.computeIfAbsent(one.subject, s -> new BitSet()).set(one.slot.schedule());
        }
        boolean isOfCommunities = query.kind() == SearchQuery.Kind.CPTS;
        for (ShelvedSubject subject : inOrder) {
            Set<Piece> places = new HashSet<>();
            BitSet numbers = java.util.Objects.requireNonNull(referred.get(subject));
            for (int i = numbers.nextSetBit(0); i >= 0; i = numbers.nextSetBit(i + 1)) {
                ShelvedSubject.ShelvedSchedule schedule = subject.schedules.get(i);
                put(subject, schedule);
                if (query.includes(Include.ACTOR) && places.add(schedule.place().piece())) {
                    put(schedule.place());
                }
            }
            Entry party = subject.party;
            if (party != null && query.includes(subject.includedBy) && !(isOfCommunities && subject.isCentre)) {
                put(party);
            }
        }
    }

    private void writeCommunities(List<Found> found) {
        Set<String> written = new HashSet<>();
        for (Found one : found) {
            for (ShelvedSubject.ShelvedCommunity community : one.slot.communities()) {
                if (written.add(community.id())) {
                    put(community.service());
                    if (query.includes(Include.COMMUNITY_ORGANIZATION)) {
                        put(community.organization());
                    }
                }
            }
        }
    }

    private void writeOutcome() {
        List<OutcomeIssue> issues = new ArrayList<>(SpoiledSources.in(subjects, standings, now));
        issues.forEach(issue -> figures.spoiled(String.valueOf(issue.about()), String.valueOf(issue.code())));
        if (!query.ignored().isEmpty()) {
            issues.add(OutcomeIssue.information(
                    "not-supported", "Ignored, as asked: " + String.join(", ", query.ignored())));
        }
        if (!issues.isEmpty()) {
            out.put(any ? COMMA : ",\"entry\":[".getBytes(StandardCharsets.US_ASCII));
            byte[] outcome = OutcomeIssue.outcome(issues);
            out.put(("{\"fullUrl\":\"urn:uuid:" + UUID.nameUUIDFromBytes(outcome) + "\",\"resource\":")
                    .getBytes(StandardCharsets.US_ASCII));
            out.put(outcome);
            out.put(OUTCOME_AFTER);
            any = true;
        }
    }

    /** Of each vendor served, the oldest word. */
    private void tellAges() {
        Map<Source, Instant> oldest = new HashMap<>();
        for (ShelvedSubject subject : subjects) {
            for (int i = 0; i < subject.sourceCount(); i++) {
                SourceWord word = subject.word(i);
                Standing standing = subject.standing(i);
                boolean isServed = standing == Standing.FRESH || standing == Standing.UNVERIFIED;
                if (isServed && word.confirmedAt() != null && !word.source().isAgenda()) {
                    oldest.merge(word.source(), word.confirmedAt(), (a, b) -> a.isBefore(b) ? a : b);
                }
            }
        }
        oldest.forEach((source, confirmedAt) -> figures.served(source, Duration.between(confirmedAt, now)));
    }

    private void put(ShelvedSubject subject, ShelvedSubject.ShelvedSchedule schedule) {
        prefix();
        out.put(schedule.before());
        Instant confirmedAt = subject.word(schedule.word()).confirmedAt();
        boolean ours = subject.word(schedule.word()).source().isAgenda();
        Instant sync = ours || confirmedAt == null ? now : confirmedAt;
        out.put(FhirInstants.write(sync, PlaceZones.MAINLAND).getBytes(StandardCharsets.US_ASCII));
        out.put(schedule.after());
    }

    private void put(Entry entry) {
        prefix();
        out.put(entry.piece());
    }

    private void prefix() {
        if (!any) {
            out.put(",\"entry\":[".getBytes(StandardCharsets.US_ASCII));
        }
        out.put(any ? prefixes.next() : prefixes.first());
        any = true;
    }

    private static String escape(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
