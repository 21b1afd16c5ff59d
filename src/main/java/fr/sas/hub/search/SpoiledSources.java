package fr.sas.hub.search;

import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.fhir.OutcomeIssue;
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sources whose silence must not look like an empty agenda (DOMAIN §7.4): for the subjects of one answer, which
 * sources failed, timed out, went stale, are paused or have not answered yet, and how old their last confirmation is.
 */
final class SpoiledSources {

    /** What is wrong with a source, from mildest to worst; the name in lower case is the code on the wire. */
    private enum Kind {
        STALE("transient", "has not confirmed recently"),
        PAUSED("suppressed", "is paused by the operator"),
        UNANSWERED("incomplete", "has not answered yet"),
        INCOMPLETE("incomplete", "answered only in part"),
        THROTTLED("throttled", "asked the hub to back off for a while"),
        TIMED_OUT("timeout", "did not answer in time"),
        FAILED("transient", "failed"),
        HIDDEN("transient", "has not confirmed for so long that its slots are hidden"),
        HUB_FAILED("exception", "cannot be queried because the hub itself is failing");

        private final String issueCode;
        private final String words;

        Kind(String issueCode, String words) {
            this.issueCode = issueCode;
            this.words = words;
        }
    }

    private record SpoiledSource(
            Kind kind,
            @Nullable Instant confirmedAt,
            @Nullable String detail,
            int subjects) {

        SpoiledSource and(SpoiledSource other) {
            SpoiledSource worse = other.kind.compareTo(kind) > 0 ? other : this;
            return new SpoiledSource(
                    worse.kind, older(confirmedAt, other.confirmedAt), worse.detail, subjects + other.subjects);
        }

        private static @Nullable Instant older(@Nullable Instant a, @Nullable Instant b) {
            return a == null || b == null ? null : a.isBefore(b) ? a : b;
        }
    }

    private SpoiledSources() {}

    /** @param knownAt what sources have said since is not known, nor held against them: of which instant the subjects are */
    static List<OutcomeIssue> in(
            List<ShelvedSubject> subjects, SourceFreshnessPolicy policy, Instant now, Instant knownAt) {
        Map<Source, SpoiledSource> spoiled = null;
        for (ShelvedSubject subject : subjects) {
            for (int i = 0; i < subject.sourceCount(); i++) {
                SourceStatus status = subject.statusOf(i);
                Kind kind = kindOf(status, subject.freshnessOf(i), policy, knownAt);
                if (kind != null) {
                    spoiled = spoiled == null ? new TreeMap<>() : spoiled;
                    Answer.Trouble trouble = status.trouble();
                    spoiled.merge(
                            status.source(),
                            new SpoiledSource(kind, status.confirmedAt(), trouble == null ? null : trouble.detail(), 1),
                            SpoiledSource::and);
                }
            }
        }
        if (spoiled == null) {
            return List.of();
        }
        List<OutcomeIssue> issues = new ArrayList<>();
        int of = (int) subjects.stream().filter(subject -> !subject.isCentre).count();
        spoiled.forEach((source, what) -> issues.add(issue(source, what, of, now)));
        return issues;
    }

    private static @Nullable Kind kindOf(
            SourceStatus status, SourceFreshness freshness, SourceFreshnessPolicy policy, Instant knownAt) {
        if (freshness == SourceFreshness.SILENT || status.source().isAgenda()) {
            return null;
        }
        Answer.Trouble trouble = status.trouble();
        if (trouble != null && trouble.kind() == Answer.Kind.HUB_FAILED
                || freshness != SourceFreshness.FRESH && policy.isHubFailing(status.source())) {
            return Kind.HUB_FAILED;
        }
        boolean agedHere = freshness != SourceFreshness.FRESH
                && policy.of(status.source(), status.confirmedAt(), knownAt) != freshness;
        if (freshness == SourceFreshness.HIDDEN && status.confirmedAt() != null && !isPartial(trouble) && !agedHere) {
            return Kind.HIDDEN;
        }
        if (trouble != null) {
            return switch (trouble.kind()) {
                case TIMED_OUT -> Kind.TIMED_OUT;
                case THROTTLED -> Kind.THROTTLED;
                case PAGE_LOST, PAGES_LOOP, TOO_LARGE -> Kind.INCOMPLETE;
                case UNREACHABLE, REFUSED, VENDOR_ERROR, REDIRECTED, MALFORMED -> Kind.FAILED;
                case HUB_FAILED -> Kind.HUB_FAILED;
            };
        }
        if (policy.isPaused(status.source())) {
            return Kind.PAUSED;
        }
        return switch (freshness) {
            case HIDDEN -> agedHere ? Kind.HUB_FAILED : Kind.UNANSWERED;
            case UNVERIFIED -> agedHere ? Kind.HUB_FAILED : Kind.STALE;
            case FRESH, SILENT -> null;
        };
    }

    /** The slots of such an answer are shown, however old the last complete one is. */
    private static boolean isPartial(Answer.@Nullable Trouble trouble) {
        return trouble != null
                && switch (trouble.kind()) {
                    case PAGE_LOST, PAGES_LOOP, TOO_LARGE -> true;
                    default -> false;
                };
    }

    private static OutcomeIssue issue(Source source, SpoiledSource what, int of, Instant now) {
        StringBuilder text = new StringBuilder(source.name()).append(' ').append(what.kind.words);
        if (what.detail != null) {
            text.append(" (").append(what.detail).append(')');
        }
        text.append("; concerns ").append(what.subjects).append(" of ").append(of);
        if (what.confirmedAt == null) {
            text.append("; never confirmed");
        } else {
            text.append("; last confirmed ")
                    .append(FhirInstants.write(what.confirmedAt, PlaceZones.MAINLAND))
                    .append(", ")
                    .append(Duration.between(what.confirmedAt, now).toSeconds())
                    .append(" s ago");
        }
        return new OutcomeIssue(
                "warning",
                what.kind.issueCode,
                FhirVocabulary.SOURCE_TROUBLES,
                what.kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                source.name(),
                text.toString(),
                null,
                null);
    }
}
