package fr.sas.hub.verdict;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static fr.sas.hub.verdict.BundleFaults.body;
import static fr.sas.hub.verdict.BundleFaults.bundle;
import static fr.sas.hub.verdict.BundleFaults.first;
import static fr.sas.hub.verdict.BundleFaults.onlyAt;
import static fr.sas.hub.verdict.BundleFaults.put;
import static fr.sas.hub.verdict.BundleFaults.read;
import static fr.sas.hub.verdict.BundleFaults.remove;
import static fr.sas.hub.verdict.BundleFaults.search;
import static fr.sas.hub.verdict.BundleFaults.set;
import static fr.sas.hub.verdict.BundleFaults.status;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.testing.VendorFault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Faults of whole answers, for {@link PlantedFaultsTest}: what each {@link AnswerRule} forbids. */
final class AnswerFaults {

    private AnswerFaults() {}

    static Stream<Arguments> all() {
        return Stream.of(
                arguments(AnswerRule.NOT_A_BUNDLE, "a List", bundle("/resourceType", "\"List\"")),
                arguments(AnswerRule.NOT_A_SEARCHSET, "a collection", bundle("/type", "\"collection\"")),
                arguments(
                        AnswerRule.TOTAL_MISSING, "no total", VendorFault.ofBundles(bundle -> bundle.remove("total"))),
                arguments(AnswerRule.TOTAL_WRONG, "a total of entries", VendorFault.ofBundles(bundle -> {
                    if (!bundle.path("entry").isEmpty()) {
                        bundle.put("total", 4_321);
                    }
                })),
                arguments(
                        AnswerRule.SELF_LINK,
                        "a self link without parameters",
                        VendorFault.ofBundles(bundle -> put(bundle, "/link/0/url", "\"https://vendor.example/Slot\""))),
                arguments(
                        AnswerRule.SELF_LINK_MISSING,
                        "no self link",
                        VendorFault.ofBundles(bundle -> put(bundle, "/link/0/relation", "\"first\""))),
                arguments(
                        AnswerRule.FULL_URL_MISSING,
                        "no fullUrl",
                        VendorFault.ofBundles(bundle -> entry(bundle).remove("fullUrl"))),
                arguments(
                        AnswerRule.SEARCH_MODE,
                        "an include among matches",
                        VendorFault.ofBundles(bundle -> entry(bundle).remove("search"))),
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
                                        "contained", read("[{\"resourceType\": \"Creneau\", \"id\": \"x\"}]")))),
                arguments(
                        AnswerRule.UNEXPECTED_RESOURCE,
                        "a Patient",
                        onlyAt(
                                "/Slot?",
                                bundle -> bundle.withArray("/entry")
                                        .addObject()
                                        .set("resource", read("{\"resourceType\": \"Patient\", \"id\": \"1\"}")))),
                arguments(
                        AnswerRule.RESOURCE_NOT_REFERRED_TO,
                        "a Schedule without slots",
                        VendorFault.ofBundles(AnswerFaults::emptySchedule)),
                arguments(AnswerRule.ID_MISSING, "a Slot without id", remove("Slot", "/id")),
                arguments(AnswerRule.DUPLICATE_ID, "two Slots with one id", VendorFault.ofBundles(bundle -> {
                    List<ObjectNode> slots = BundleFaults.all(bundle, "Slot");
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
                        set("Slot", "/specialty", "\"SM54\"")),
                arguments(
                        AnswerRule.CHARACTER_REPLACED,
                        "a NUL in a text",
                        set("Slot", "/specialty", "[{\"text\": \"Médecine\\u0000générale\"}]")),
                arguments(
                        AnswerRule.IMPLICIT_RULES,
                        "rules that nobody knows",
                        set("Slot", "/implicitRules", "\"https://vendor.example/regles\"")),
                arguments(
                        AnswerRule.TEST_DATA,
                        "a practitioner made for tests",
                        set(
                                "Practitioner",
                                "/meta/tag",
                                "[{\"system\": \"http://terminology.hl7.org/CodeSystem/v3-ActReason\", \"code\": \"HTEST\"}]")),
                arguments(AnswerRule.SEARCH_FAILED, "always 500", status(search(), 500)),
                arguments(AnswerRule.SEARCH_FAILED, "the search is not there", status(search(), 404)),
                arguments(AnswerRule.NOT_JSON, "HTML", body(search(), "<html><body>Bienvenue</body></html>")),
                arguments(
                        AnswerRule.NOT_JSON,
                        "JSON that breaks off",
                        body(search(), "{\"resourceType\": \"Bundle\", \"type\": \"sear")),
                arguments(
                        AnswerRule.CONTENT_TYPE,
                        "text/html",
                        VendorFault.ofAnswers((request, answer) -> search().test(request)
                                ? aResponse()
                                        .withStatus(answer.get().build().getStatus())
                                        .withBody(answer.get().build().getBody())
                                        .withHeader("Content-Type", "text/html")
                                : answer.get())));
    }

    private static ObjectNode entry(ObjectNode bundle) {
        return bundle.path("entry").path(0) instanceof ObjectNode entry ? entry : bundle.objectNode();
    }

    private static void emptySchedule(ObjectNode bundle) {
        if (BundleFaults.all(bundle, "Schedule").isEmpty()
                || bundle.path("id").asText().isEmpty()) {
            return;
        }
        ObjectNode schedule =
                BundleFaults.all(bundle, "Schedule").getFirst().deepCopy().put("id", "vide");
        if (schedule.at("/actor/1").isObject()) {
            ObjectNode role = BundleFaults.all(bundle, "PractitionerRole")
                    .getFirst()
                    .deepCopy()
                    .put("id", "role-vide");
            put(schedule, "/actor/1/reference", "\"PractitionerRole/role-vide\"");
            include(bundle, role);
            include(bundle, schedule);
        }
    }

    private static void include(ObjectNode bundle, ObjectNode resource) {
        ObjectNode entry = bundle.withArray("/entry")
                .addObject()
                .put(
                        "fullUrl",
                        "https://vendor.example/"
                                + resource.path("resourceType").asText() + "/"
                                + resource.path("id").asText());
        entry.set("resource", resource);
        entry.putObject("search").put("mode", "include");
    }
}
