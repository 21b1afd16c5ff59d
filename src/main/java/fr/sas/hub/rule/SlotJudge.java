package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.fhir.FhirVocabulary;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges Slots. */
final class SlotJudge {

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Pattern WIRE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d");
    private static final Set<String> MODES = Set.of("AMB", "HH", "VR");
    private static final Set<String> APPOINTMENT_TYPES = Set.of("ROUTINE", "WALKIN");

    private final Asked asked;
    private final Gathered gathered;
    private final Evidence evidence;
    private final CommunityJudge communities;

    SlotJudge(Asked asked, Gathered gathered, Evidence evidence, CommunityJudge communities) {
        this.asked = asked;
        this.gathered = gathered;
        this.evidence = evidence;
        this.communities = communities;
    }

    void judge(Item slot) {
        String status = slot.text("status");
        if (evidence.demand(SlotRule.STATUS_MISSING, status != null, slot, "status", null)) {
            evidence.demand(SlotRule.NOT_FREE, "free".equals(status), slot, "status", status);
        }
        judgeSchedule(slot);
        judgeTimes(slot);
        judgeAudiences(slot);
        judgeCodes(slot);
        String comment = slot.text("comment");
        if (comment != null) {
            evidence.demand(SlotRule.BAD_URL, BookingPage.of(comment) != null, slot, "comment", null);
        }
    }

    private void judgeSchedule(Item slot) {
        if (gathered.isWhole()) {
            Item schedule = gathered.follow(slot, slot.at("schedule"), "Schedule");
            String address = Item.textOf(slot.at("schedule").path("reference"));
            evidence.demand(AgendaRule.ORPHAN_SCHEDULE, schedule != null, slot, "schedule", address);
        }
    }

    private void judgeTimes(Item slot) {
        ZoneId zone = zone(slot);
        Instant start = time(slot, "start", zone);
        Instant end = time(slot, "end", zone);
        if (start == null || end == null) {
            return;
        }
        Instant now = asked.now();
        boolean sane = evidence.demand(SlotRule.ENDS_BEFORE_IT_STARTS, end.isAfter(start), slot, "end", null)
                && evidence.demand(
                        SlotRule.TOO_LONG, Duration.between(start, end).compareTo(LONGEST) <= 0, slot, "end", null)
                && (now == null || evidence.demand(SlotRule.PAST, end.isAfter(now), slot, "end", end.toString()));
        if (sane && asked.window() != null) {
            evidence.demand(SlotRule.OUTSIDE_WINDOW, asked.window().holds(start), slot, "start", start.toString());
        }
    }

    private @Nullable Instant time(Item slot, String element, ZoneId zone) {
        String text = slot.text(element);
        if (!evidence.demand(SlotRule.TIME_MISSING, text != null, slot, element, element) || text == null) {
            return null;
        }
        FhirInstants.Written written = FhirInstants.read(text);
        if (!evidence.demand(SlotRule.TIME_UNREADABLE, written != null, slot, element, text) || written == null) {
            return null;
        }
        ZoneOffset offset = written.offset();
        if (!evidence.demand(SlotRule.TIME_WITHOUT_OFFSET, offset != null, slot, element, text) || offset == null) {
            return null;
        }
        evidence.demand(SlotRule.TIME_FORM, WIRE.matcher(text).matches(), slot, element, text);
        Instant instant = written.local().toInstant(offset);
        evidence.demand(
                SlotRule.OFFSET_OF_ANOTHER_SEASON,
                !isOfAnotherSeason(instant, offset, zone.getRules()),
                slot,
                element,
                text);
        return instant;
    }

    /** The place has this offset at another time of the year, and not then. Z is TIME_FORM's to say. */
    private static boolean isOfAnotherSeason(Instant instant, ZoneOffset offset, ZoneRules rules) {
        if (rules.getOffset(instant).equals(offset) || offset.equals(ZoneOffset.UTC)) {
            return false;
        }
        for (int months = 1; months < 12; months++) {
            if (rules.getOffset(instant.plus(Duration.ofDays(30L * months))).equals(offset)) {
                return true;
            }
        }
        return false;
    }

    /** Of the slot's place, as far as its address can be found. */
    private ZoneId zone(Item slot) {
        Item schedule = gathered.follow(slot, slot.at("schedule"), "Schedule");
        if (schedule != null) {
            for (JsonNode actor : Item.list(schedule.at("actor"))) {
                Item role = gathered.follow(schedule, actor, "PractitionerRole");
                Item place = role == null
                        ? gathered.follow(schedule, actor, "Location")
                        : gathered.follow(role, role.at("location").path(0), "Location");
                if (place != null) {
                    return PlaceZones.ofPostalCode(
                            Item.textOf(place.at("address").path("postalCode")));
                }
            }
        }
        return PlaceZones.MAINLAND;
    }

    private void judgeAudiences(Item slot) {
        Set<Audience> audiences = EnumSet.noneOf(Audience.class);
        String unknown = null;
        boolean spelledOut = true;
        for (JsonNode coding : slot.at("meta").path("security")) {
            String system = coding.path("system").asText();
            boolean shorter = system.equals(FhirVocabulary.AUDIENCES_SHORT);
            if (shorter || system.equals(FhirVocabulary.AUDIENCES)) {
                spelledOut &= !shorter;
                Audience audience = Audience.of(coding.path("code").asText());
                if (audience != null) {
                    audiences.add(audience);
                } else {
                    unknown = coding.path("code").asText();
                }
            }
        }
        String element = "meta.security";
        if (!evidence.demand(SlotRule.NO_AUDIENCE, !audiences.isEmpty() || unknown != null, slot, element, null)) {
            return;
        }
        if (!evidence.demand(SlotRule.UNKNOWN_AUDIENCE, !audiences.isEmpty(), slot, element, unknown)) {
            return;
        }
        evidence.demand(SlotRule.UNKNOWN_CODE, unknown == null, slot, element, unknown);
        evidence.demand(SlotRule.AUDIENCE_SYSTEM, spelledOut, slot, element, FhirVocabulary.AUDIENCES_SHORT);
        if (asked.kind() == Asked.Kind.SOS) {
            evidence.demand(
                    AssociationRule.SOS_AUDIENCE,
                    !audiences.contains(Audience.PRO) && !audiences.contains(Audience.CPTS),
                    slot,
                    element,
                    audiences.toString());
        }
        communities.judgeSlot(slot, audiences.contains(Audience.CPTS), audiences.size() == 1);
    }

    /** Codes of TRE_R314. */
    private enum Audience {
        PUBLIC,
        PRO,
        SNP,
        CPTS;

        static @Nullable Audience of(String code) {
            for (Audience audience : values()) {
                if (audience.name().equals(code)) {
                    return audience;
                }
            }
            return null;
        }
    }

    private void judgeCodes(Item slot) {
        for (JsonNode concept : Item.list(slot.at("serviceType"))) {
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
