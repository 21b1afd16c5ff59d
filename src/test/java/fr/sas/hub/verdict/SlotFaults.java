package fr.sas.hub.verdict;

import static fr.sas.hub.verdict.BundleFaults.AUDIENCES;
import static fr.sas.hub.verdict.BundleFaults.audience;
import static fr.sas.hub.verdict.BundleFaults.change;
import static fr.sas.hub.verdict.BundleFaults.communitySlot;
import static fr.sas.hub.verdict.BundleFaults.first;
import static fr.sas.hub.verdict.BundleFaults.put;
import static fr.sas.hub.verdict.BundleFaults.read;
import static fr.sas.hub.verdict.BundleFaults.remove;
import static fr.sas.hub.verdict.BundleFaults.set;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.rule.SlotRule;
import fr.sas.hub.testing.VendorFault;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Faults of slots, for {@link PlantedFaultsTest}: what each {@link SlotRule} forbids. */
final class SlotFaults {

    private static final DateTimeFormatter WIRE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    private SlotFaults() {}

    static Stream<Arguments> all() {
        return Stream.of(
                arguments(SlotRule.STATUS_MISSING, "no status", remove("Slot", "/status")),
                arguments(SlotRule.STATUS_MISSING, "an empty status", set("Slot", "/status", "\"\"")),
                arguments(SlotRule.NOT_FREE, "a busy slot", set("Slot", "/status", "\"busy\"")),
                arguments(SlotRule.NOT_FREE, "tentative", set("Slot", "/status", "\"busy-tentative\"")),
                arguments(SlotRule.TIME_MISSING, "no end", remove("Slot", "/end")),
                arguments(SlotRule.TIME_MISSING, "an empty start", set("Slot", "/start", "\"\"")),
                arguments(SlotRule.TIME_UNREADABLE, "a French date", set("Slot", "/start", "\"12/06/2026 10:00\"")),
                arguments(
                        SlotRule.TIME_UNREADABLE,
                        "31 June",
                        set("Slot", "/start", "\"2026-06-31T10:00:00.000+02:00\"")),
                arguments(
                        SlotRule.TIME_WITHOUT_OFFSET,
                        "no offset",
                        change("Slot", "/start", time -> time.substring(0, 23))),
                arguments(
                        SlotRule.TIME_FORM,
                        "Z",
                        both(at -> at.withOffsetSameInstant(ZoneOffset.UTC)
                                .toInstant()
                                .toString())),
                arguments(
                        SlotRule.TIME_FORM,
                        "no milliseconds",
                        both(at -> DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx")
                                .format(at))),
                arguments(
                        SlotRule.OFFSET_OF_ANOTHER_SEASON,
                        "winter time in summer, or the reverse",
                        both(SlotFaults::otherSeason)),
                arguments(
                        SlotRule.ENDS_BEFORE_IT_STARTS,
                        "ends when it starts",
                        first("Slot", slot -> slot.set("end", slot.get("start")))),
                arguments(
                        SlotRule.TOO_LONG,
                        "two days",
                        change("Slot", "/end", end -> moved(OffsetDateTime.parse(end), 2))),
                arguments(SlotRule.PAST, "last week", both(at -> moved(at, -7))),
                arguments(SlotRule.OUTSIDE_WINDOW, "in a fortnight", both(at -> moved(at, 14))),
                arguments(
                        SlotRule.NO_AUDIENCE,
                        "no audience",
                        first("Slot", slot -> ((ObjectNode) slot.get("meta")).remove("security"))),
                arguments(
                        SlotRule.UNKNOWN_AUDIENCE,
                        "an audience nobody knows",
                        set("Slot", "/meta/security", audience("PATIENTS"))),
                arguments(
                        SlotRule.UNKNOWN_AUDIENCE,
                        "an audience nobody knows, of a slot that names a CPTS",
                        VendorFault.ofBundles(bundle -> communitySlot(bundle)
                                .ifPresent(slot -> put(slot, "/meta/security", audience("PATIENTS"))))),
                arguments(
                        SlotRule.UNKNOWN_CODE,
                        "one audience nobody knows",
                        first(
                                "Slot",
                                slot -> ((ArrayNode) slot.at("/meta/security"))
                                        .addObject()
                                        .put("system", AUDIENCES)
                                        .put("code", "VIP"))),
                arguments(
                        SlotRule.AUDIENCE_SYSTEM,
                        "the short system",
                        set(
                                "Slot",
                                "/meta/security/0/system",
                                "\"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau\"")),
                arguments(
                        SlotRule.UNKNOWN_CODE,
                        "inpatients",
                        first(
                                "Slot",
                                slot -> ((ArrayNode) slot.get("serviceType"))
                                        .add(
                                                read(
                                                        "{\"coding\": [{\"system\": \"http://terminology.hl7.org/CodeSystem/v3-ActCode\", \"code\": \"IMP\"}]}")))),
                arguments(
                        SlotRule.UNKNOWN_CODE,
                        "an appointment type",
                        set("Slot", "/appointmentType/coding/0/code", "\"CHECKUP\"")),
                arguments(SlotRule.BAD_URL, "a sentence for a URL", set("Slot", "/comment", "\"Appeler le cabinet\"")),
                arguments(SlotRule.BAD_URL, "a script for a URL", set("Slot", "/comment", "\"javascript:alert(1)\"")));
    }

    /** Start and end of the first slot, written otherwise. */
    private static VendorFault both(Function<OffsetDateTime, String> writing) {
        return first("Slot", slot -> {
            for (String element : List.of("start", "end")) {
                slot.put(
                        element,
                        writing.apply(OffsetDateTime.parse(slot.get(element).asText())));
            }
        });
    }

    private static String otherSeason(OffsetDateTime at) {
        int hours = at.getOffset().getTotalSeconds() / 3600;
        return WIRE.format(at.withOffsetSameInstant(ZoneOffset.ofHours(hours == 1 ? 2 : 1)));
    }

    /** On the clock of the place, La Réunion or the mainland, which may have another offset by then. */
    private static String moved(OffsetDateTime at, int days) {
        boolean overseas = at.getOffset().equals(ZoneOffset.ofHours(4));
        ZoneId zone = ZoneId.of(overseas ? "Indian/Reunion" : "Europe/Paris");
        return WIRE.format(at.atZoneSameInstant(zone).plusDays(days));
    }
}
