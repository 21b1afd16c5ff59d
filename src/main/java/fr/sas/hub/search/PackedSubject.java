package fr.sas.hub.search;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.search.resource.CentreWriter;
import fr.sas.hub.search.resource.FhirJson;
import fr.sas.hub.search.resource.LogicalIds;
import fr.sas.hub.search.resource.ParticipationExtension;
import fr.sas.hub.search.resource.ResourceWriter;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything served for one subject in one kind of answer, as held on the shelf (docs/decisions/0034, 0052). It is
 * valid as long as the freshness of its sources is what it was rendered with and nobody leaves or comes back;
 * confirmations are applied without rendering anything again.
 */
final class PackedSubject {

    /** Approximate memory taken by everything but the packed bytes, including the key and the entry on the shelf. */
    private static final int OVERHEAD = 224;

    private static final int OVERHEAD_OF_A_STATUS = 64;
    /** Identifies the format of the bytes, which only the code that wrote them can read. */
    static final int FORMAT = Phrases.VERSION ^ sumOfWriters();

    /** Millions of statuses refer to a few sources. */
    private static final Interner<Source> SOURCES = Interners.newWeakInterner();

    /** And take few values. */
    private static final Interner<List<SourceFreshness>> FRESHNESS = Interners.newWeakInterner();

    private final byte[] bytes;
    /** Replaced as a whole; never modified. */
    private volatile SourceStatus[] statuses;

    private final List<SourceFreshness> freshness;
    /** When time alone changes this, in milliseconds since the epoch; not evaluated slot by slot. */
    private final long until;

    PackedSubject(byte[] bytes, List<SourceStatus> statuses, List<SourceFreshness> freshness, long until) {
        this.bytes = bytes;
        this.statuses = statuses.stream()
                .map(status -> new SourceStatus(
                        SOURCES.intern(status.source()), status.confirmedAt(), status.failedAt(), status.trouble()))
                .toArray(SourceStatus[]::new);
        this.freshness = FRESHNESS.intern(List.copyOf(freshness));
        this.until = until;
    }

    /** @param forCommunities whether it is for answers to INT_R04 or for all others */
    static PackedSubject of(Availability availability, boolean forCommunities) {
        Instant until = availability.until();
        return new PackedSubject(
                SubjectPacking.pack(availability, forCommunities),
                availability.statuses(),
                availability.freshness(),
                until == null ? Long.MAX_VALUE : until.toEpochMilli());
    }

    static PackedSubject of(ReadySubjects.StoredRendering ready) {
        Instant until = ready.until();
        return new PackedSubject(
                ready.bytes(),
                ready.statuses(),
                ready.freshness(),
                until == null ? Long.MAX_VALUE : until.toEpochMilli());
    }

    /** In the form stored beside the index. */
    ReadySubjects.NewRendering made(Subject subject, ReadySubjects.Stamp stamp) {
        return new ReadySubjects.NewRendering(
                subject,
                stamp,
                Arrays.stream(statuses).map(SourceStatus::source).toList(),
                freshness,
                until(),
                bytes);
    }

    ShelvedSubject open(Subject subject) {
        return new ShelvedSubject(subject, bytes, statuses, freshness);
    }

    /** Whether the freshness of the sources is what it was at rendering, and nobody has left or come back since. */
    boolean holdsAt(Instant now, SourceFreshnessPolicy current) {
        if (now.toEpochMilli() >= until) {
            return false;
        }
        SourceStatus[] told = statuses;
        for (int i = 0; i < told.length; i++) {
            if (current.of(told[i].source(), told[i].confirmedAt(), now) != freshness.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** When the beginning or end of an absence changes it; null for never. */
    @Nullable
    Instant until() {
        return until == Long.MAX_VALUE ? null : Instant.ofEpochMilli(until);
    }

    int weight() {
        return OVERHEAD + bytes.length + freshness.size() * OVERHEAD_OF_A_STATUS;
    }

    /** False if the source was not part of this before: the subject must then be read again. */
    synchronized boolean confirm(Source source, Instant at) {
        SourceStatus[] told = statuses.clone();
        for (int i = 0; i < told.length; i++) {
            if (told[i].source().equals(source)) {
                told[i] = told[i].confirmed(at);
                statuses = told;
                return true;
            }
        }
        return false;
    }

    private static int sumOfWriters() {
        return ReadySubjects.sumOf(
                SubjectPacking.class,
                PackedTexts.class,
                ResourceShape.class,
                BundleEntry.class,
                ResourceWriter.class,
                CentreWriter.class,
                ParticipationExtension.class,
                FhirJson.class,
                LogicalIds.class,
                FhirVocabulary.class);
    }
}
