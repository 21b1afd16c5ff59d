package fr.sas.hub.search;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.index.SourceFreshness;
import fr.sas.hub.index.SourceFreshnessPolicy;
import fr.sas.hub.index.SourceStatus;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * All that is served of one subject in answers of one kind, as it stands on the shelf (docs/decisions/0034, 0052). It holds as
 * long as its sources' standings are those it was rendered with and nobody leaves or comes back; confirmations are put in
 * without rendering anything again.
 */
final class PackedSubject {

    /** Everything in memory but the packed bytes, the key and its place on the shelf included, roughly. */
    private static final int OVERHEAD = 224;

    private static final int OVERHEAD_OF_A_WORD = 64;
    /** Of the bytes; they are read by what wrote them alone. */
    static final int FORMAT = Phrases.VERSION ^ sumOfWriters();

    /** Millions of words name a few sources. */
    private static final Interner<Source> SOURCES = Interners.newWeakInterner();

    /** And stand in few ways. */
    private static final Interner<List<SourceFreshness>> STANDINGS = Interners.newWeakInterner();

    private final byte[] bytes;
    /** Replaced as a whole; never written to. */
    private volatile SourceStatus[] words;

    private final List<SourceFreshness> standings;
    /** Milliseconds of the epoch when time alone changes this; not asked of each slot. */
    private final long until;

    PackedSubject(byte[] bytes, List<SourceStatus> words, List<SourceFreshness> standings, long until) {
        this.bytes = bytes;
        this.words = words.stream()
                .map(word -> new SourceStatus(
                        SOURCES.intern(word.source()), word.confirmedAt(), word.failedAt(), word.trouble()))
                .toArray(SourceStatus[]::new);
        this.standings = STANDINGS.intern(List.copyOf(standings));
        this.until = until;
    }

    /** @param forCommunities whether it stands in answers to INT_R04, or in all others */
    static PackedSubject of(Availability availability, boolean forCommunities) {
        Instant until = availability.until();
        return new PackedSubject(
                SubjectPacking.pack(availability, forCommunities),
                availability.words(),
                availability.standings(),
                until == null ? Long.MAX_VALUE : until.toEpochMilli());
    }

    static PackedSubject of(ReadySubjects.Ready ready) {
        Instant until = ready.until();
        return new PackedSubject(
                ready.bytes(), ready.words(), ready.standings(), until == null ? Long.MAX_VALUE : until.toEpochMilli());
    }

    /** As it is kept beside the index. */
    ReadySubjects.Made made(Subject subject, ReadySubjects.Stamp stamp) {
        return new ReadySubjects.Made(
                subject,
                stamp,
                Arrays.stream(words).map(SourceStatus::source).toList(),
                standings,
                until == Long.MAX_VALUE ? null : Instant.ofEpochMilli(until),
                bytes);
    }

    ShelvedSubject open(Subject subject) {
        return new ShelvedSubject(subject, bytes, words, standings);
    }

    /** Whether the sources still stand as they did when this was rendered, and nobody left or came back since. */
    boolean holdsAt(Instant now, SourceFreshnessPolicy current) {
        if (now.toEpochMilli() >= until) {
            return false;
        }
        SourceStatus[] told = words;
        for (int i = 0; i < told.length; i++) {
            if (current.of(told[i].source(), told[i].confirmedAt(), now) != standings.get(i)) {
                return false;
            }
        }
        return true;
    }

    int weight() {
        return OVERHEAD + bytes.length + standings.size() * OVERHEAD_OF_A_WORD;
    }

    /** False when this source said nothing before: the subject has to be read again. */
    synchronized boolean confirm(Source source, Instant at) {
        SourceStatus[] told = words.clone();
        for (int i = 0; i < told.length; i++) {
            if (told[i].source().equals(source)) {
                told[i] = told[i].confirmed(at);
                words = told;
                return true;
            }
        }
        return false;
    }

    private static int sumOfWriters() {
        return ReadySubjects.sumOf(
                SubjectPacking.class,
                PackedTexts.class,
                Shape.class,
                BundleEntry.class,
                ResourceWriter.class,
                CentreWriter.class,
                ParticipationExtension.class,
                FhirJson.class,
                Ids.class,
                FhirVocabulary.class);
    }
}
