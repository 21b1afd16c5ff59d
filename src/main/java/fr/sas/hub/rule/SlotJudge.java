package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.Audience;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges Slots, after everything they refer to. The order of the rules decides the fate: the first broken one counts.
 */
final class SlotJudge {

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Set<String> MODES = Set.of("AMB", "HH", "VR");
    private static final Set<String> APPOINTMENT_TYPES = Set.of("ROUTINE", "WALKIN");
    private static final Audience[] AUDIENCES = Audience.values();

    private final AnswerContext asked;
    private final AnswerResources gathered;
    private final Evidence evidence;
    private final CommunityJudge communities;
    private final ResolvedSchedules ways;

    SlotJudge(
            AnswerContext asked,
            AnswerResources gathered,
            Evidence evidence,
            CommunityJudge communities,
            ResolvedSchedules ways) {
        this.asked = asked;
        this.gathered = gathered;
        this.evidence = evidence;
        this.communities = communities;
        this.ways = ways;
    }

    void judge(LocatedResource slot) {
        String status = slot.text("status");
        if (evidence.demand(SlotRule.STATUS_MISSING, status != null, slot, "status", null)) {
            evidence.demand(SlotRule.NOT_FREE, "free".equals(status), slot, "status", status);
        }
        ResolvedSchedule way = gathered.isWhole() ? way(slot) : null;
        SlotTimes times =
                SlotTimes.read(slot, way == null ? PlaceZones.MAINLAND : way.zone(), asked.quirks(), evidence);
        if (times != null) {
            judgeTimes(slot, times, way);
        }
        Set<Audience> audiences = audiences(slot);
        CommunityJudge.IdentifiedCommunities cpts = audiences.isEmpty()
                ? CommunityJudge.IdentifiedCommunities.NONE
                : communities.judgeSlot(slot, audiences.contains(Audience.COMMUNITY), audiences.size() == 1);
        if (cpts.isNobody()) {
            audiences.remove(Audience.COMMUNITY);
        }
        judgeCodes(slot);
        String comment = slot.text("comment");
        URI page = comment == null ? null : BookingPage.of(comment);
        if (comment != null) {
            evidence.demand(SlotRule.BAD_URL, page != null, slot, "comment", null);
        }
        evidence.add(new JudgedSlot(
                slot,
                way,
                times == null ? null : times.start(),
                times == null ? null : times.end(),
                audiences,
                cpts.communities(),
                page,
                evidence.spoilerOf(slot)));
    }

    private @Nullable ResolvedSchedule way(LocatedResource slot) {
        ResolvedSchedule way = ways.of(slot);
        String address = LocatedResource.textOf(slot.at("schedule").path("reference"));
        if (evidence.demand(ScheduleRule.ORPHAN_SCHEDULE, way != null, slot, "schedule", address) && way != null) {
            evidence.inherit(slot, "schedule", ways.spoilerOf(way));
        }
        return way;
    }

    private void judgeTimes(LocatedResource slot, SlotTimes times, @Nullable ResolvedSchedule way) {
        Instant now = asked.now();
        Instant start = times.start();
        boolean sane = evidence.demand(SlotRule.ENDS_BEFORE_IT_STARTS, times.isForward(), slot, "end", null)
                && evidence.demand(SlotRule.TOO_LONG, times.length().compareTo(LONGEST) <= 0, slot, "end", null)
                && (now == null
                        || evidence.demand(
                                SlotRule.PAST, times.end().isAfter(now), slot, "end", endIfPast(times.end(), now)));
        if (sane && asked.window() != null) {
            boolean inside = asked.window().holds(start);
            evidence.demand(SlotRule.OUTSIDE_WINDOW, inside, slot, "start", inside ? null : start.toString());
        }
        if (sane && way != null && way.role() != null) {
            boolean there = way.during().holds(start);
            evidence.demand(ScheduleRule.ROLE_ENDED, there, slot, "start", there ? null : start.toString());
        }
    }

    private static @Nullable String endIfPast(Instant end, Instant now) {
        return end.isAfter(now) ? null : end.toString();
    }

    /** Whom the slot is for; empty when there is a fault. */
    private Set<Audience> audiences(LocatedResource slot) {
        Set<Audience> audiences = EnumSet.noneOf(Audience.class);
        String unknown = null;
        boolean spelledOut = true;
        for (JsonNode coding : slot.at("meta").path("security")) {
            String system = coding.path("system").asText();
            boolean shorter = system.equals(FhirVocabulary.AUDIENCES_SHORT);
            String code = LocatedResource.textOf(coding.path("code"));
            if (code != null && (shorter || system.equals(FhirVocabulary.AUDIENCES))) {
                spelledOut &= !shorter;
                Audience audience = audience(code);
                if (audience != null) {
                    audiences.add(audience);
                } else {
                    unknown = code;
                }
            }
        }
        String element = "meta.security";
        if (evidence.demand(SlotRule.NO_AUDIENCE, !audiences.isEmpty() || unknown != null, slot, element, null)
                && evidence.demand(SlotRule.UNKNOWN_AUDIENCE, !audiences.isEmpty(), slot, element, unknown)) {
            evidence.demand(SlotRule.UNKNOWN_CODE, unknown == null, slot, element, unknown);
            evidence.demand(SlotRule.AUDIENCE_SYSTEM, spelledOut, slot, element, FhirVocabulary.AUDIENCES_SHORT);
            if (asked.kind() == AnswerContext.Kind.SOS) {
                boolean open = !audiences.contains(Audience.PROFESSIONALS) && !audiences.contains(Audience.COMMUNITY);
                evidence.demand(
                        AssociationRule.SOS_AUDIENCE,
                        open,
                        slot,
                        element,
                        open ? null : codes(audiences).toString());
            }
        }
        return audiences;
    }

    private static List<String> codes(Set<Audience> audiences) {
        return audiences.stream().map(Audience::code).toList();
    }

    private static @Nullable Audience audience(String code) {
        for (Audience audience : AUDIENCES) {
            if (audience.code().equals(code)) {
                return audience;
            }
        }
        return null;
    }

    private void judgeCodes(LocatedResource slot) {
        for (JsonNode concept : slot.at("serviceType")) {
            for (JsonNode coding : concept.path("coding")) {
                if (FhirVocabulary.CONSULTATION_MODES.equals(
                        coding.path("system").asText())) {
                    String code = coding.path("code").asText();
                    evidence.demand(SlotRule.UNKNOWN_CODE, MODES.contains(code), slot, "serviceType", code);
                }
            }
        }
        for (JsonNode coding : slot.at("appointmentType").path("coding")) {
            String code = coding.path("code").asText();
            evidence.demand(SlotRule.UNKNOWN_CODE, APPOINTMENT_TYPES.contains(code), slot, "appointmentType", code);
        }
    }
}
