package fr.sas.hub.verdict;

import static fr.sas.hub.verdict.BundleFaults.change;
import static fr.sas.hub.verdict.BundleFaults.first;
import static fr.sas.hub.verdict.BundleFaults.individual;
import static fr.sas.hub.verdict.BundleFaults.onlyAt;
import static fr.sas.hub.verdict.BundleFaults.put;
import static fr.sas.hub.verdict.BundleFaults.read;
import static fr.sas.hub.verdict.BundleFaults.remove;
import static fr.sas.hub.verdict.BundleFaults.set;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.rule.ScheduleRule;
import fr.sas.hub.testing.VendorFault;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Faults in who offers slots and where, for {@link PlantedFaultsTest}: what each {@link ScheduleRule} forbids. */
final class AgendaFaults {

    private AgendaFaults() {}

    static Stream<Arguments> all() {
        return Stream.of(
                arguments(
                        ScheduleRule.ORPHAN_SCHEDULE,
                        "a lost Schedule",
                        set("Slot", "/schedule/reference", "\"Schedule/perdu\"")),
                arguments(
                        ScheduleRule.ORPHAN_ACTOR,
                        "a lost Practitioner",
                        individual(
                                "Schedule", schedule -> put(schedule, "/actor/0/reference", "\"Practitioner/perdu\""))),
                arguments(
                        ScheduleRule.ORPHAN_ROLE,
                        "a lost role",
                        individual(
                                "Schedule",
                                schedule -> put(schedule, "/actor/1/reference", "\"PractitionerRole/perdu\""))),
                arguments(
                        ScheduleRule.ORPHAN_LOCATION,
                        "a lost place",
                        set("PractitionerRole", "/location/0/reference", "\"#ailleurs\"")),
                arguments(
                        ScheduleRule.LOCATION_NOT_CONTAINED,
                        "a place beside its role",
                        VendorFault.ofBundles(AgendaFaults::placeBeside)),
                arguments(ScheduleRule.LOCATION_MISSING, "no place", remove("PractitionerRole", "/location")),
                arguments(
                        ScheduleRule.ROLE_OF_ANOTHER,
                        "somebody else's role",
                        set(
                                "PractitionerRole",
                                "/practitioner/reference",
                                "\"Practitioner/p" + GoodVendor.BERNARD + "\"")),
                arguments(ScheduleRule.AGENDA_INACTIVE, "an inactive Schedule", set("Schedule", "/active", "false")),
                arguments(ScheduleRule.INACTIVE, "an inactive role", set("PractitionerRole", "/active", "false")),
                arguments(ScheduleRule.INACTIVE, "an inactive Practitioner", set("Practitioner", "/active", "false")),
                arguments(
                        ScheduleRule.ROLE_ENDED,
                        "a role of the past",
                        set("PractitionerRole", "/period", "{\"end\": \"2020-12-31\"}")),
                arguments(
                        ScheduleRule.LOCATION_CLOSED,
                        "a closed place",
                        set("PractitionerRole", "/contained/0/status", "\"suspended\"")),
                arguments(
                        ScheduleRule.ADDRESS_INCOMPLETE,
                        "no postal code",
                        remove("PractitionerRole", "/contained/0/address/postalCode")),
                arguments(
                        ScheduleRule.ADDRESS_INCOMPLETE,
                        "two lines",
                        set(
                                "PractitionerRole",
                                "/contained/0/address/line",
                                "[\"Bâtiment B\", \"1 rue des Tilleuls\"]")),
                arguments(ScheduleRule.NO_PLACE, "nowhere", first("PractitionerRole", role -> {
                    role.remove("organization");
                    ((ObjectNode) role.at("/contained/0")).remove("address");
                })),
                arguments(ScheduleRule.STRUCTURE_MISSING, "no structure", remove("PractitionerRole", "/organization")),
                arguments(
                        ScheduleRule.STRUCTURE_PREFIX,
                        "FINESS without prefix",
                        change("PractitionerRole", "/organization/identifier/value", id -> id.substring(1))),
                arguments(
                        ScheduleRule.STRUCTURE_ID_UNREADABLE,
                        "a structure's own number",
                        set("PractitionerRole", "/organization/identifier/value", "\"CAB-12\"")),
                arguments(
                        ScheduleRule.STRUCTURE_ID_SYSTEM,
                        "a structure without type",
                        remove("PractitionerRole", "/organization/identifier/type")),
                arguments(ScheduleRule.NAME_MISSING, "no given name", remove("Practitioner", "/name/0/given")),
                arguments(
                        ScheduleRule.NO_NATIONAL_ID,
                        "an unknown RPPS",
                        set("Practitioner", "/identifier/0/value", "\"unknown\"")),
                arguments(
                        ScheduleRule.PRACTITIONER_PREFIX,
                        "RPPS without prefix",
                        change("Practitioner", "/identifier/0/value", id -> id.substring(1))),
                arguments(
                        ScheduleRule.PRACTITIONER_ID_SYSTEM,
                        "RPPS without system",
                        remove("Practitioner", "/identifier/0/system")),
                arguments(
                        ScheduleRule.NOT_ASKED_FOR,
                        "somebody else",
                        set("Practitioner", "/identifier/0/value", "\"899900000699\"")),
                arguments(
                        ScheduleRule.PHONE_LEFT_OUT,
                        "an extension",
                        set("PractitionerRole", "/telecom/0/value", "\"01 40 00 06 01 poste 12\"")),
                arguments(
                        ScheduleRule.PHONE_LEFT_OUT,
                        "a short number",
                        set("PractitionerRole", "/telecom/0/value", "\"3624\"")),
                arguments(
                        ScheduleRule.PHONE_FORM,
                        "a national number",
                        set("PractitionerRole", "/telecom/0/value", "\"01 40 00 06 01\"")),
                arguments(
                        ScheduleRule.PHONE_BLOCK,
                        "a block that no numbering plan has",
                        set("PractitionerRole", "/telecom/0/value", "\"+33639989812\"")),
                arguments(
                        ScheduleRule.SCHEDULE_PER_PLACE,
                        "one Schedule for two places",
                        VendorFault.ofBundles(AgendaFaults::oneScheduleForAll)),
                arguments(
                        ScheduleRule.SCHEDULE_TWICE,
                        "two Schedules at one place",
                        VendorFault.ofBundles(AgendaFaults::samePlaceTwice)),
                arguments(
                        ScheduleRule.ROLE_MISSING,
                        "a Schedule with a Location instead of a role",
                        individual("Schedule", schedule -> {
                            schedule.set(
                                    "contained",
                                    read(
                                            "[{\"resourceType\": \"Location\", \"id\": \"lieu\", \"address\": {\"line\": [\"1 rue des Tilleuls\"], \"postalCode\": \"75001\", \"city\": \"PARIS\"}}]"));
                            put(schedule, "/actor/1", "{\"reference\": \"#lieu\"}");
                        })),
                arguments(
                        ScheduleRule.ORPHAN_LOCATION,
                        "a lost site",
                        onlyAt(
                                "/Schedule?",
                                bundle -> put(
                                        BundleFaults.all(bundle, "Schedule").getFirst(),
                                        "/actor/0/reference",
                                        "\"Location/perdue\""))),
                arguments(
                        ScheduleRule.ORPHAN_ACTOR,
                        "a Schedule of nobody",
                        onlyAt(
                                "/Schedule?",
                                bundle -> BundleFaults.all(bundle, "Schedule")
                                        .getFirst()
                                        .remove("actor"))));
    }

    private static void placeBeside(ObjectNode bundle) {
        BundleFaults.all(bundle, "PractitionerRole").stream().findFirst().ifPresent(role -> {
            ObjectNode place = ((ObjectNode) role.at("/contained/0")).put("id", "lieu");
            role.remove("contained");
            put(role, "/location/0/reference", "\"Location/lieu\"");
            ObjectNode entry =
                    bundle.withArray("/entry").addObject().put("fullUrl", "https://vendor.example/Location/lieu");
            entry.set("resource", place);
            entry.putObject("search").put("mode", "include");
        });
    }

    private static void oneScheduleForAll(ObjectNode bundle) {
        BundleFaults.all(bundle, "Schedule").stream()
                .filter(schedule -> schedule.at("/id").asText().equals(GoodVendor.ALICE + "-1"))
                .findFirst()
                .ifPresent(schedule -> {
                    ((ArrayNode) schedule.get("actor"))
                            .addObject()
                            .put("reference", "PractitionerRole/role-" + GoodVendor.ALICE + "-2");
                    removeSchedule(bundle, GoodVendor.ALICE);
                });
    }

    /** The second Schedule goes; its slots go to the first. */
    private static void removeSchedule(ObjectNode bundle, String practitioner) {
        ArrayNode entries = (ArrayNode) bundle.get("entry");
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).at("/resource/id").asText().equals(practitioner + "-2")) {
                entries.remove(i);
            }
        }
        BundleFaults.all(bundle, "Slot").stream()
                .filter(slot -> slot.at("/schedule/reference").asText().equals("Schedule/" + practitioner + "-2"))
                .forEach(slot -> put(slot, "/schedule/reference", "\"Schedule/" + practitioner + "-1\""));
    }

    private static void samePlaceTwice(ObjectNode bundle) {
        BundleFaults.all(bundle, "Schedule").stream()
                .filter(schedule -> schedule.at("/id").asText().equals(GoodVendor.ALICE + "-2"))
                .forEach(schedule ->
                        put(schedule, "/actor/1/reference", "\"PractitionerRole/role-" + GoodVendor.ALICE + "-1\""));
    }
}
