package fr.sas.hub.verdict;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static fr.sas.hub.verdict.Spoil.all;
import static fr.sas.hub.verdict.Spoil.bundle;
import static fr.sas.hub.verdict.Spoil.change;
import static fr.sas.hub.verdict.Spoil.first;
import static fr.sas.hub.verdict.Spoil.put;
import static fr.sas.hub.verdict.Spoil.remove;
import static fr.sas.hub.verdict.Spoil.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Request;
import fr.sas.hub.rule.AgendaRule;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.AssociationRule;
import fr.sas.hub.rule.CommunityRule;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.ServerRule;
import fr.sas.hub.rule.SlotRule;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.Twist;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault planted in a vendor that is right otherwise is found by the rule it breaks, and by no other. */
class PlantedFaultsTest {

    private static final String AUDIENCES =
            "https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau";
    private static final DateTimeFormatter WIRE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"aboutSlots", "aboutAgendas", "aboutAnswers", "aboutCommunitiesAndAssociations", "aboutServers"})
    void is_found_by_the_rule_it_breaks_and_by_no_other(Rule broken, String fault, Twist twist) {
        try (FakeVendor vendor = GoodVendor.with(twist);
                var probe = GoodVendor.probe(vendor.baseUrl())) {
            CheckReport report = CheckTest.CHECK.run(probe, GoodVendor.order(true));

            assertThat(CheckTest.broken(report))
                    .as(fault)
                    .isNotEmpty()
                    .allMatch(found -> found.startsWith(broken.id() + " "));
        }
    }

    static Stream<Arguments> aboutSlots() {
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
                        both(PlantedFaultsTest::otherSeason)),
                arguments(
                        SlotRule.ENDS_BEFORE_IT_STARTS,
                        "ends when it starts",
                        first("Slot", slot -> slot.set("end", slot.get("start")))),
                arguments(SlotRule.TOO_LONG, "two days", change("Slot", "/end", end -> later(end, 2))),
                arguments(SlotRule.PAST, "last week", both(at -> WIRE.format(at.minusDays(7)))),
                arguments(SlotRule.OUTSIDE_WINDOW, "in a fortnight", both(at -> WIRE.format(at.plusDays(14)))),
                arguments(
                        SlotRule.NO_AUDIENCE,
                        "no audience",
                        first("Slot", slot -> ((ObjectNode) slot.get("meta")).remove("security"))),
                arguments(
                        SlotRule.UNKNOWN_AUDIENCE,
                        "an audience nobody knows",
                        set("Slot", "/meta/security", "[{\"system\": \"" + AUDIENCES + "\", \"code\": \"PATIENTS\"}]")),
                arguments(
                        SlotRule.UNKNOWN_AUDIENCE,
                        "an audience nobody knows, of a slot that names a CPTS",
                        Twist.ofBundles(bundle -> communitySlot(bundle)
                                .ifPresent(slot -> put(
                                        slot,
                                        "/meta/security",
                                        "[{\"system\": \"" + AUDIENCES + "\", \"code\": \"PATIENTS\"}]")))),
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
                                                Spoil.read(
                                                        "{\"coding\": [{\"system\": \"http://terminology.hl7.org/CodeSystem/v3-ActCode\", \"code\": \"IMP\"}]}")))),
                arguments(
                        SlotRule.UNKNOWN_CODE,
                        "an appointment type",
                        set("Slot", "/appointmentType/coding/0/code", "\"CHECKUP\"")),
                arguments(SlotRule.BAD_URL, "a sentence for a URL", set("Slot", "/comment", "\"Appeler le cabinet\"")),
                arguments(SlotRule.BAD_URL, "a script for a URL", set("Slot", "/comment", "\"javascript:alert(1)\"")));
    }

    static Stream<Arguments> aboutAgendas() {
        return Stream.of(
                arguments(
                        AgendaRule.ORPHAN_SCHEDULE,
                        "a lost Schedule",
                        set("Slot", "/schedule/reference", "\"Schedule/perdu\"")),
                arguments(
                        AgendaRule.ORPHAN_ACTOR,
                        "a lost Practitioner",
                        individual(
                                "Schedule", schedule -> put(schedule, "/actor/0/reference", "\"Practitioner/perdu\""))),
                arguments(
                        AgendaRule.ORPHAN_ROLE,
                        "a lost role",
                        individual(
                                "Schedule",
                                schedule -> put(schedule, "/actor/1/reference", "\"PractitionerRole/perdu\""))),
                arguments(
                        AgendaRule.ORPHAN_LOCATION,
                        "a lost place",
                        set("PractitionerRole", "/location/0/reference", "\"#ailleurs\"")),
                arguments(
                        AgendaRule.LOCATION_NOT_CONTAINED,
                        "a place beside its role",
                        Twist.ofBundles(PlantedFaultsTest::placeBeside)),
                arguments(AgendaRule.LOCATION_MISSING, "no place", remove("PractitionerRole", "/location")),
                arguments(
                        AgendaRule.ROLE_OF_ANOTHER,
                        "somebody else's role",
                        set(
                                "PractitionerRole",
                                "/practitioner/reference",
                                "\"Practitioner/p" + GoodVendor.BERNARD + "\"")),
                arguments(AgendaRule.AGENDA_INACTIVE, "an inactive Schedule", set("Schedule", "/active", "false")),
                arguments(
                        AgendaRule.ADDRESS_INCOMPLETE,
                        "no postal code",
                        remove("PractitionerRole", "/contained/0/address/postalCode")),
                arguments(
                        AgendaRule.ADDRESS_INCOMPLETE,
                        "two lines",
                        set(
                                "PractitionerRole",
                                "/contained/0/address/line",
                                "[\"Bâtiment B\", \"1 rue des Tilleuls\"]")),
                arguments(AgendaRule.NO_PLACE, "nowhere", first("PractitionerRole", role -> {
                    role.remove("organization");
                    ((ObjectNode) role.at("/contained/0")).remove("address");
                })),
                arguments(AgendaRule.STRUCTURE_MISSING, "no structure", remove("PractitionerRole", "/organization")),
                arguments(
                        AgendaRule.STRUCTURE_PREFIX,
                        "FINESS without prefix",
                        change("PractitionerRole", "/organization/identifier/value", id -> id.substring(1))),
                arguments(
                        AgendaRule.STRUCTURE_ID_UNREADABLE,
                        "a structure's own number",
                        set("PractitionerRole", "/organization/identifier/value", "\"CAB-12\"")),
                arguments(
                        AgendaRule.STRUCTURE_ID_SYSTEM,
                        "a structure without type",
                        remove("PractitionerRole", "/organization/identifier/type")),
                arguments(AgendaRule.NAME_MISSING, "no given name", remove("Practitioner", "/name/0/given")),
                arguments(
                        AgendaRule.NO_NATIONAL_ID,
                        "an unknown RPPS",
                        set("Practitioner", "/identifier/0/value", "\"unknown\"")),
                arguments(
                        AgendaRule.PRACTITIONER_PREFIX,
                        "RPPS without prefix",
                        change("Practitioner", "/identifier/0/value", id -> id.substring(1))),
                arguments(
                        AgendaRule.PRACTITIONER_ID_SYSTEM,
                        "RPPS without system",
                        remove("Practitioner", "/identifier/0/system")),
                arguments(
                        AgendaRule.NOT_ASKED_FOR,
                        "somebody else",
                        set("Practitioner", "/identifier/0/value", "\"899900000699\"")),
                arguments(
                        AgendaRule.PHONE_LEFT_OUT,
                        "an extension",
                        set("PractitionerRole", "/telecom/0/value", "\"01 40 00 06 01 poste 12\"")),
                arguments(
                        AgendaRule.PHONE_LEFT_OUT,
                        "a short number",
                        set("PractitionerRole", "/telecom/0/value", "\"3624\"")),
                arguments(
                        AgendaRule.PHONE_FORM,
                        "a national number",
                        set("PractitionerRole", "/telecom/0/value", "\"01 40 00 06 01\"")),
                arguments(
                        AgendaRule.SCHEDULE_PER_PLACE,
                        "one Schedule for two places",
                        Twist.ofBundles(PlantedFaultsTest::oneScheduleForAll)),
                arguments(
                        AgendaRule.SCHEDULE_TWICE,
                        "two Schedules at one place",
                        Twist.ofBundles(PlantedFaultsTest::samePlaceTwice)),
                arguments(
                        AgendaRule.ROLE_MISSING,
                        "a Schedule with a Location instead of a role",
                        individual("Schedule", schedule -> {
                            schedule.set(
                                    "contained",
                                    Spoil.read(
                                            "[{\"resourceType\": \"Location\", \"id\": \"lieu\", \"address\": {\"line\": [\"1 rue des Tilleuls\"], \"postalCode\": \"75001\", \"city\": \"PARIS\"}}]"));
                            put(schedule, "/actor/1", "{\"reference\": \"#lieu\"}");
                        })));
    }

    static Stream<Arguments> aboutAnswers() {
        return Stream.of(
                arguments(AnswerRule.NOT_A_BUNDLE, "a List", bundle("/resourceType", "\"List\"")),
                arguments(AnswerRule.NOT_A_SEARCHSET, "a collection", bundle("/type", "\"collection\"")),
                arguments(AnswerRule.TOTAL_MISSING, "no total", Twist.ofBundles(bundle -> bundle.remove("total"))),
                arguments(AnswerRule.TOTAL_WRONG, "a total of entries", Twist.ofBundles(bundle -> {
                    if (!bundle.path("entry").isEmpty()) {
                        bundle.put("total", 4_321);
                    }
                })),
                arguments(
                        AnswerRule.SELF_LINK,
                        "a self link without parameters",
                        Twist.ofBundles(bundle -> put(bundle, "/link/0/url", "\"https://vendor.example/Slot\""))),
                arguments(
                        AnswerRule.SELF_LINK_MISSING,
                        "no self link",
                        Twist.ofBundles(bundle -> put(bundle, "/link/0/relation", "\"first\""))),
                arguments(
                        AnswerRule.FULL_URL_MISSING,
                        "no fullUrl",
                        Twist.ofBundles(bundle -> entry(bundle).remove("fullUrl"))),
                arguments(
                        AnswerRule.SEARCH_MODE,
                        "an include among matches",
                        Twist.ofBundles(bundle -> entry(bundle).remove("search"))),
                arguments(
                        AnswerRule.ENTRY_WITHOUT_RESOURCE,
                        "an entry with a link only",
                        onlyAt(
                                "/Slot?",
                                bundle -> bundle.withArray("/entry")
                                        .addObject()
                                        .put("fullUrl", "https://vendor.example/Slot/0"))),
                arguments(
                        AnswerRule.UNREADABLE_ENTRY,
                        "a resource that FHIR does not know, contained",
                        first(
                                "Practitioner",
                                practitioner -> practitioner.set(
                                        "contained", Spoil.read("[{\"resourceType\": \"Creneau\", \"id\": \"x\"}]")))),
                arguments(
                        AnswerRule.UNEXPECTED_RESOURCE,
                        "a Patient",
                        onlyAt(
                                "/Slot?",
                                bundle -> bundle.withArray("/entry")
                                        .addObject()
                                        .set(
                                                "resource",
                                                Spoil.read("{\"resourceType\": \"Patient\", \"id\": \"1\"}")))),
                arguments(
                        AnswerRule.RESOURCE_NOT_REFERRED_TO,
                        "a Schedule without slots",
                        Twist.ofBundles(PlantedFaultsTest::emptySchedule)),
                arguments(AnswerRule.ID_MISSING, "a Slot without id", remove("Slot", "/id")),
                arguments(AnswerRule.DUPLICATE_ID, "two Slots with one id", Twist.ofBundles(bundle -> {
                    List<ObjectNode> slots = all(bundle, "Slot");
                    if (slots.size() > 1) {
                        slots.get(1).set("id", slots.getFirst().get("id"));
                    }
                })),
                arguments(
                        AnswerRule.PROFILE_NOT_CLAIMED,
                        "no profile",
                        first("Slot", slot -> ((ObjectNode) slot.get("meta")).remove("profile"))),
                arguments(
                        AnswerRule.MODIFIER_EXTENSION,
                        "a modifier",
                        set(
                                "Slot",
                                "/modifierExtension",
                                "[{\"url\": \"https://vendor.example/annule\", \"valueBoolean\": true}]")),
                arguments(AnswerRule.VALUE_LEFT_OUT, "an empty text", set("Slot", "/specialty", "[{\"text\": \"\"}]")),
                arguments(AnswerRule.VALUE_LEFT_OUT, "an empty list", set("PractitionerRole", "/specialty", "[]")),
                arguments(
                        AnswerRule.VALUE_LEFT_OUT,
                        "a text for a list of concepts",
                        set("Slot", "/specialty", "\"SM54\"")));
    }

    static Stream<Arguments> aboutCommunitiesAndAssociations() {
        return Stream.of(
                arguments(
                        CommunityRule.CPTS_LEFT_OUT,
                        "a lost HealthcareService",
                        Twist.ofBundles(bundle -> lostService(bundle, false))),
                arguments(
                        CommunityRule.CPTS_LEFT_OUT,
                        "a service nobody provides",
                        remove("HealthcareService", "/providedBy")),
                arguments(
                        CommunityRule.CPTS_UNREADABLE,
                        "a lost HealthcareService of a slot for it only",
                        Twist.ofBundles(bundle -> lostService(bundle, true))),
                arguments(
                        CommunityRule.CPTS_AUDIENCE,
                        "a CPTS slot without its audience",
                        Twist.ofBundles(bundle -> communitySlot(bundle)
                                .ifPresent(slot -> slot.with("meta")
                                        .set(
                                                "security",
                                                Spoil.read(
                                                        "[{\"system\": \"" + AUDIENCES + "\", \"code\": \"SNP\"}]"))))),
                arguments(
                        CommunityRule.CPTS_NOT_NAMED,
                        "an audience without CPTS",
                        Twist.ofBundles(bundle -> communitySlot(bundle)
                                .ifPresent(slot ->
                                        slot.set("serviceType", Spoil.read("[{\"text\": \"Consultation\"}]"))))),
                arguments(
                        CommunityRule.CPTS_CATEGORY,
                        "a reference without code",
                        Twist.ofBundles(bundle -> communitySlot(bundle)
                                .ifPresent(slot -> slot.get("serviceType").forEach(concept -> {
                                    if (concept.has("extension")) {
                                        ((ObjectNode) concept).remove("coding");
                                    }
                                })))),
                arguments(
                        CommunityRule.CPTS_FINESS,
                        "a CPTS without prefix",
                        Twist.ofBundles(bundle -> organization(bundle, GoodVendor.CPTS)
                                .ifPresent(cpts ->
                                        put(cpts, "/identifier/0/value", "\"" + GoodVendor.CPTS.substring(1) + "\"")))),
                arguments(
                        CommunityRule.CPTS_NOT_SHOWN,
                        "another CPTS than announced",
                        Twist.ofBundles(bundle -> organization(bundle, GoodVendor.CPTS)
                                .ifPresent(cpts -> put(cpts, "/identifier/0/value", "\"1590000099\"")))),
                arguments(
                        CommunityRule.CPTS_SINGLE_LINK,
                        "two links",
                        onlyAt(
                                "service-type-reference",
                                bundle -> ((ArrayNode) bundle.get("link"))
                                        .addObject()
                                        .put("relation", "alternate")
                                        .put("url", "https://vendor.example/"))),
                arguments(
                        AssociationRule.ORPHAN_ORGANIZATION,
                        "a lost association",
                        set("Location", "/managingOrganization/reference", "\"Organization/perdue\"")),
                arguments(
                        AgendaRule.ORPHAN_LOCATION,
                        "a lost site",
                        onlyAt(
                                "/Schedule?",
                                bundle -> put(
                                        all(bundle, "Schedule").getFirst(),
                                        "/actor/0/reference",
                                        "\"Location/perdue\""))),
                arguments(
                        AgendaRule.ORPHAN_ACTOR,
                        "a Schedule of nobody",
                        onlyAt(
                                "/Schedule?",
                                bundle -> all(bundle, "Schedule").getFirst().remove("actor"))),
                arguments(
                        AssociationRule.SOS_SEVERAL_ACTORS,
                        "one Schedule for two sites",
                        onlyAt(
                                "/Schedule?",
                                bundle -> put(
                                        all(bundle, "Schedule").getFirst(),
                                        "/actor",
                                        "[{\"reference\": \"Location/site-lfc-1\"}, {\"reference\": \"Location/site-lfc-2\"}]"))),
                arguments(AssociationRule.SOS_SITE_NAME, "a site without name", remove("Location", "/name")),
                arguments(AssociationRule.SOS_SITE_ADDRESS, "a site without city", remove("Location", "/address/city")),
                arguments(AssociationRule.SOS_SITE_ID, "a site without identifier", remove("Location", "/identifier")),
                arguments(AssociationRule.SOS_SITE_PHONE, "a site without phone", remove("Location", "/telecom")),
                arguments(
                        AssociationRule.SOS_SITE_HOURS,
                        "hours in words",
                        set("Location", "/hoursOfOperation", "[{\"daysOfWeek\": [\"mon\"]}]")),
                arguments(
                        AssociationRule.SOS_SIRET,
                        "an association without prefix",
                        onlyAt(
                                "/Schedule?",
                                bundle -> put(
                                        all(bundle, "Organization").getFirst(),
                                        "/identifier/0/value",
                                        "\"" + GoodVendor.SOS.substring(1) + "\""))),
                arguments(
                        AssociationRule.SOS_AUDIENCE,
                        "for professionals",
                        onlyAt(
                                "/Schedule?",
                                bundle -> put(all(bundle, "Slot").getFirst(), "/meta/security/0/code", "\"PRO\""))),
                arguments(AssociationRule.SOS_NOT_SHOWN, "nothing of the association", onlyAt("/Schedule?", bundle -> {
                    bundle.remove("entry");
                    bundle.put("total", 0);
                })),
                arguments(
                        AssociationRule.SOS_SINGLE_LINK,
                        "two links",
                        onlyAt(
                                "/Schedule?",
                                bundle -> ((ArrayNode) bundle.get("link"))
                                        .addObject()
                                        .put("relation", "alternate")
                                        .put("url", "https://vendor.example/"))));
    }

    static Stream<Arguments> aboutServers() {
        Predicate<Request> metadata = request -> request.getUrl().equals("/metadata");
        Predicate<Request> search = request -> request.getUrl().startsWith("/Slot");
        Predicate<Request> account = request -> request.getUrl().startsWith("/Practitioner");
        return Stream.of(
                arguments(ServerRule.METADATA_MISSING, "no metadata", status(metadata, 404)),
                arguments(
                        ServerRule.METADATA_VERSION,
                        "FHIR STU3",
                        body(
                                metadata,
                                "{\"resourceType\": \"CapabilityStatement\", \"fhirVersion\": \"3.0.2\", \"rest\": [{\"resource\": [{\"type\": \"Slot\", \"interaction\": [{\"code\": \"search-type\"}]}, {\"type\": \"Schedule\", \"interaction\": [{\"code\": \"search-type\"}]}]}]}")),
                arguments(
                        ServerRule.METADATA_SEARCH,
                        "no search declared",
                        body(metadata, "{\"resourceType\": \"CapabilityStatement\", \"fhirVersion\": \"4.0.1\"}")),
                arguments(AnswerRule.SEARCH_FAILED, "always 500", status(search, 500)),
                arguments(AnswerRule.SEARCH_FAILED, "the search is not there", status(search, 404)),
                arguments(
                        ServerRule.REDIRECTED,
                        "a login page",
                        Twist.ofAnswers((request, answer) -> search.test(request)
                                ? aResponse().withStatus(302).withHeader("Location", "/connexion")
                                : answer.get())),
                arguments(AnswerRule.NOT_JSON, "HTML", body(search, "<html><body>Bienvenue</body></html>")),
                arguments(
                        AnswerRule.NOT_JSON,
                        "JSON that breaks off",
                        body(search, "{\"resourceType\": \"Bundle\", \"type\": \"sear")),
                arguments(
                        AnswerRule.CONTENT_TYPE,
                        "text/html",
                        Twist.ofAnswers((request, answer) -> search.test(request)
                                ? aResponse()
                                        .withStatus(answer.get().build().getStatus())
                                        .withBody(answer.get().build().getBody())
                                        .withHeader("Content-Type", "text/html")
                                : answer.get())),
                arguments(
                        ServerRule.ACCEPT,
                        "406 for FHIR's own type",
                        Twist.ofAnswers((request, answer) -> search.test(request)
                                        && request.getHeader("Accept").equals("application/fhir+json")
                                ? aResponse().withStatus(406)
                                : answer.get())),
                arguments(
                        ServerRule.ACCEPT,
                        "406 for the guide's type",
                        Twist.ofAnswers((request, answer) -> search.test(request)
                                        && request.getHeader("Accept").equals("application/json+fhir")
                                        && request.getUrl().contains(GoodVendor.ALICE)
                                        && !request.getUrl().contains("gedemain")
                                ? aResponse().withStatus(406)
                                : answer.get())),
                arguments(
                        ServerRule.SEVERAL_AT_ONCE,
                        "the first practitioner only",
                        Twist.ofBundles(PlantedFaultsTest::firstOnly)),
                arguments(ServerRule.UNKNOWN_IS_EMPTY, "404 for somebody unknown", status(unknown(), 404)),
                arguments(ServerRule.UNKNOWN_IS_EMPTY, "500 for somebody unknown", status(unknown(), 500)),
                arguments(ServerRule.ERROR_STATUS, "500 for nonsense", status(nonsense(), 500)),
                arguments(
                        ServerRule.ERROR_STATUS,
                        "200 for nonsense",
                        body(nonsense(), "{\"resourceType\": \"Bundle\", \"type\": \"searchset\", \"total\": 0}")),
                arguments(
                        ServerRule.ERROR_OUTCOME,
                        "an error page",
                        Twist.ofAnswers((request, answer) -> nonsense().test(request)
                                ? aResponse().withStatus(400).withBody("<html>Erreur</html>")
                                : answer.get())),
                arguments(
                        ServerRule.PAGES_LOOP,
                        "pages in a circle",
                        onlyAt(
                                "/Slot?",
                                bundle -> ((ArrayNode) bundle.get("link"))
                                        .addObject()
                                        .put("relation", "next")
                                        .put("url", bundle.at("/link/0/url").asText()))),
                arguments(
                        ServerRule.PAGE_LOST,
                        "a next page that is not there",
                        onlyAt(
                                "/Slot?",
                                bundle -> ((ArrayNode) bundle.get("link"))
                                        .addObject()
                                        .put("relation", "next")
                                        .put("url", "/nulle-part"))),
                arguments(
                        ServerRule.PAGE_LOST,
                        "a next page elsewhere",
                        onlyAt(
                                "/Slot?",
                                bundle -> ((ArrayNode) bundle.get("link"))
                                        .addObject()
                                        .put("relation", "next")
                                        .put("url", "http://ailleurs.invalid/Slot"))),
                arguments(
                        ServerRule.PAGES_LOSE_SLOTS,
                        "_count without next",
                        onlyAt("_count=", bundle -> ((ArrayNode) bundle.get("link")).remove(1))),
                arguments(ServerRule.NOTHING_FREE, "nobody is free", onlyAt("/Slot?", bundle -> {
                    bundle.remove("entry");
                    bundle.put("total", 0);
                })),
                arguments(ServerRule.ACCOUNT_CREATED, "no accounts", status(post(), 404)),
                arguments(ServerRule.ACCOUNT_CREATED, "200 for created", status(post(), 200)),
                arguments(
                        ServerRule.ACCOUNT_LOCATION,
                        "created nowhere",
                        Twist.ofAnswers((request, answer) -> post().test(request)
                                ? aResponse().withStatus(answer.get().build().getStatus())
                                : answer.get())),
                arguments(
                        ServerRule.ACCOUNT_UPDATED,
                        "no updates",
                        status(
                                account.and(
                                        request -> request.getMethod().getName().equals("PUT")
                                                && request.getBodyAsString().contains("\"active\":true")),
                                405)),
                arguments(
                        ServerRule.ACCOUNT_NATIONAL_ID,
                        "ids never change",
                        Twist.ofAnswers((request, answer) -> account.test(request)
                                        && request.getMethod().getName().equals("PUT")
                                        && request.getUrl().contains("213.3.6")
                                        && request.getBodyAsString().contains("3999999999/")
                                ? aResponse().withStatus(422)
                                : answer.get())),
                arguments(
                        ServerRule.ACCOUNT_UNKNOWN_CREATED,
                        "404 for an unknown account",
                        status(account.and(request -> request.getBodyAsString().contains("Sacha")), 404)),
                arguments(
                        ServerRule.ACCOUNT_DISABLED,
                        "nobody is ever disabled",
                        status(
                                account.and(request -> request.getBodyAsString().contains("\"active\":false")
                                        && !request.getBodyAsString().contains("Sacha")),
                                422)));
    }

    private static Predicate<Request> unknown() {
        return request -> request.getUrl().contains(CheckOrder.NOBODY.value());
    }

    private static Predicate<Request> nonsense() {
        return request -> request.getUrl().contains("gedemain");
    }

    private static Predicate<Request> post() {
        return request -> request.getMethod().getName().equals("POST");
    }

    private static Twist status(Predicate<Request> when, int status) {
        return Twist.ofAnswers((request, answer) -> when.test(request)
                ? aResponse()
                        .withStatus(status)
                        .withBody(
                                "{\"resourceType\": \"OperationOutcome\", \"issue\": [{\"severity\": \"error\", \"code\": \"exception\"}]}")
                : answer.get());
    }

    private static Twist body(Predicate<Request> when, String body) {
        return Twist.ofAnswers((request, answer) -> when.test(request)
                ? aResponse()
                        .withStatus(200)
                        .withHeader("Content-Type", "application/fhir+json")
                        .withBody(body)
                : answer.get());
    }

    /** In answers to requests whose address has this in it. */
    private static Twist onlyAt(String part, java.util.function.Consumer<ObjectNode> fault) {
        return new Twist() {
            @Override
            public void spoil(Request request, ObjectNode bundle) {
                if (request.getUrl().contains(part) && !request.getUrl().contains(CheckOrder.NOBODY.value())) {
                    fault.accept(bundle);
                }
            }
        };
    }

    /** In the first resource of that type of answers about practitioners. */
    private static Twist individual(String type, java.util.function.Consumer<ObjectNode> fault) {
        return onlyAt("/Slot?", bundle -> all(bundle, type).stream().findFirst().ifPresent(fault));
    }

    /** Start and end of the first slot, written otherwise. */
    private static Twist both(java.util.function.Function<OffsetDateTime, String> writing) {
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

    private static String later(String end, int days) {
        return WIRE.format(OffsetDateTime.parse(end).plusDays(days));
    }

    private static ObjectNode entry(ObjectNode bundle) {
        return bundle.path("entry").path(0) instanceof ObjectNode entry ? entry : bundle.objectNode();
    }

    private static java.util.Optional<ObjectNode> communitySlot(ObjectNode bundle) {
        return all(bundle, "Slot").stream()
                .filter(slot -> slot.toString().contains("HealthcareService/"))
                .findFirst();
    }

    private static java.util.Optional<ObjectNode> organization(ObjectNode bundle, String structure) {
        return all(bundle, "Organization").stream()
                .filter(organization -> organization.toString().contains(structure))
                .findFirst();
    }

    private static void lostService(ObjectNode bundle, boolean forItOnly) {
        communitySlot(bundle).ifPresent(slot -> {
            slot.get("serviceType").forEach(concept -> {
                if (concept.has("extension")) {
                    put((ObjectNode) concept, "/extension/0/valueReference/reference", "\"HealthcareService/perdu\"");
                }
            });
            if (forItOnly) {
                slot.with("meta")
                        .set("security", Spoil.read("[{\"system\": \"" + AUDIENCES + "\", \"code\": \"CPTS\"}]"));
            }
        });
    }

    private static void placeBeside(ObjectNode bundle) {
        all(bundle, "PractitionerRole").stream().findFirst().ifPresent(role -> {
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
        all(bundle, "Schedule").stream()
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
        all(bundle, "Slot").stream()
                .filter(slot -> slot.at("/schedule/reference").asText().equals("Schedule/" + practitioner + "-2"))
                .forEach(slot -> put(slot, "/schedule/reference", "\"Schedule/" + practitioner + "-1\""));
    }

    private static void samePlaceTwice(ObjectNode bundle) {
        all(bundle, "Schedule").stream()
                .filter(schedule -> schedule.at("/id").asText().equals(GoodVendor.ALICE + "-2"))
                .forEach(schedule ->
                        put(schedule, "/actor/1/reference", "\"PractitionerRole/role-" + GoodVendor.ALICE + "-1\""));
    }

    private static void emptySchedule(ObjectNode bundle) {
        if (all(bundle, "Schedule").isEmpty() || bundle.path("id").asText().isEmpty()) {
            return;
        }
        ObjectNode schedule = all(bundle, "Schedule").getFirst().deepCopy().put("id", "vide");
        UnaryOperator<String> vide = id -> id + "-vide";
        for (var actor : schedule.get("actor")) {
            ((ObjectNode) actor).put("reference", actor.path("reference").asText());
        }
        if (schedule.at("/actor/1").isObject()) {
            ObjectNode role = all(bundle, "PractitionerRole").getFirst().deepCopy();
            role.put("id", vide.apply(role.path("id").asText()));
            put(
                    schedule,
                    "/actor/1/reference",
                    "\"PractitionerRole/" + role.path("id").asText() + "\"");
            add(bundle, role, "include");
            add(bundle, schedule, "include");
        }
    }

    private static void add(ObjectNode bundle, ObjectNode resource, String mode) {
        ObjectNode entry = bundle.withArray("/entry")
                .addObject()
                .put(
                        "fullUrl",
                        "https://vendor.example/"
                                + resource.path("resourceType").asText() + "/"
                                + resource.path("id").asText());
        entry.set("resource", resource);
        entry.putObject("search").put("mode", mode);
    }

    private static void firstOnly(ObjectNode bundle) {
        boolean both = bundle.toString().contains("p" + GoodVendor.BERNARD)
                && bundle.toString().contains("p" + GoodVendor.ALICE);
        if (both) {
            ArrayNode entries = (ArrayNode) bundle.get("entry");
            for (int i = entries.size() - 1; i >= 0; i--) {
                String entry = entries.get(i).toString();
                if (entry.contains(GoodVendor.BERNARD)) {
                    entries.remove(i);
                }
            }
            bundle.put("total", all(bundle, "Slot").size());
        }
    }
}
