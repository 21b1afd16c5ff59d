package fr.sas.hub.verdict;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static fr.sas.hub.verdict.BundleFaults.body;
import static fr.sas.hub.verdict.BundleFaults.onlyAt;
import static fr.sas.hub.verdict.BundleFaults.search;
import static fr.sas.hub.verdict.BundleFaults.status;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Request;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.ServerRule;
import fr.sas.hub.testing.VendorFault;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Faults of how a server answers, for {@link PlantedFaultsTest}: what each {@link ServerRule} forbids. */
final class ServerFaults {

    private ServerFaults() {}

    private static void linkBack(ObjectNode bundle) {
        ((ArrayNode) bundle.get("link"))
                .addObject()
                .put("relation", "next")
                .put("url", bundle.at("/link/0/url").asText());
    }

    static Stream<Arguments> all() {
        return Stream.of(
                arguments(ServerRule.METADATA_MISSING, "no metadata", status(metadata(), 404)),
                arguments(
                        ServerRule.METADATA_VERSION,
                        "FHIR STU3",
                        body(
                                metadata(),
                                "{\"resourceType\": \"CapabilityStatement\", \"fhirVersion\": \"3.0.2\", \"rest\": [{\"resource\": [{\"type\": \"Slot\", \"interaction\": [{\"code\": \"search-type\"}]}, {\"type\": \"Schedule\", \"interaction\": [{\"code\": \"search-type\"}]}]}]}")),
                arguments(
                        ServerRule.METADATA_SEARCH,
                        "no search declared",
                        body(metadata(), "{\"resourceType\": \"CapabilityStatement\", \"fhirVersion\": \"4.0.1\"}")),
                arguments(
                        ServerRule.REDIRECTED,
                        "a login page",
                        VendorFault.ofAnswers((request, answer) -> search().test(request)
                                ? aResponse().withStatus(302).withHeader("Location", "/connexion")
                                : answer.get())),
                arguments(
                        ServerRule.ACCEPT,
                        "406 for FHIR's own type",
                        VendorFault.ofAnswers((request, answer) -> search().test(request)
                                        && request.getHeader("Accept").equals("application/fhir+json")
                                ? aResponse().withStatus(406)
                                : answer.get())),
                arguments(
                        ServerRule.ACCEPT,
                        "406 for the guide's type",
                        VendorFault.ofAnswers((request, answer) -> search().test(request)
                                        && request.getHeader("Accept").equals("application/json+fhir")
                                        && request.getUrl().contains(GoodVendor.ALICE)
                                        && !request.getUrl().contains("gedemain")
                                ? aResponse().withStatus(406)
                                : answer.get())),
                arguments(
                        ServerRule.SEVERAL_AT_ONCE,
                        "the first practitioner only",
                        VendorFault.ofBundles(ServerFaults::firstOnly)),
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
                        VendorFault.ofAnswers((request, answer) -> nonsense().test(request)
                                ? aResponse().withStatus(400).withBody("<html>Erreur</html>")
                                : answer.get())),
                arguments(ServerRule.PAGES_LOOP, "pages in a circle", onlyAt("/Slot?", bundle -> {
                    linkBack(bundle);
                    bundle.put("total", 4_321);
                })),
                arguments(AnswerRule.LAST_PAGE_LINKS_ON, "a link back from all there is", new VendorFault() {
                    @Override
                    public void spoil(Request request, ObjectNode bundle) {
                        if (request.getUrl().contains("/Slot?")
                                && !request.getUrl().contains("service-type-reference")
                                && !request.getUrl().contains("_count")) {
                            linkBack(bundle);
                        }
                    }
                }),
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
                arguments(ServerRule.ACCOUNT_CREATED, "200 for what it did create", done(post(), 200)),
                arguments(ServerRule.ACCOUNT_CREATED, "500 for what it did create", done(post(), 500)),
                arguments(ServerRule.ACCOUNT_UPDATED, "204 for an update", done(update(), 204)),
                arguments(ServerRule.ACCOUNT_UPDATED, "500 for an update that took effect", done(update(), 500)),
                arguments(ServerRule.ACCOUNT_NATIONAL_ID, "500 for a change that took effect", done(renaming(), 500)),
                arguments(
                        ServerRule.ACCOUNT_LOCATION,
                        "created nowhere",
                        VendorFault.ofAnswers((request, answer) -> post().test(request)
                                ? aResponse().withStatus(answer.get().build().getStatus())
                                : answer.get())),
                arguments(ServerRule.ACCOUNT_UPDATED, "no updates", status(update(), 405)),
                arguments(ServerRule.ACCOUNT_NATIONAL_ID, "ids never change", status(renaming(), 422)),
                arguments(
                        ServerRule.ACCOUNT_UNKNOWN_CREATED,
                        "404 for an unknown account",
                        status(
                                account()
                                        .and(request ->
                                                request.getBodyAsString().contains("Sacha")),
                                404)),
                arguments(
                        ServerRule.ACCOUNT_DISABLED,
                        "nobody is ever disabled",
                        status(
                                account()
                                        .and(request -> request.getBodyAsString()
                                                        .contains("\"active\":false")
                                                && !request.getBodyAsString().contains("Sacha")),
                                422)));
    }

    private static Predicate<Request> metadata() {
        return request -> request.getUrl().equals("/metadata");
    }

    private static Predicate<Request> account() {
        return request -> request.getUrl().startsWith("/Practitioner");
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

    private static Predicate<Request> update() {
        return account()
                .and(request -> request.getMethod().getName().equals("PUT")
                        && request.getBodyAsString().contains("\"active\":true"));
    }

    /** An update by the technical id that brings the national one. */
    private static Predicate<Request> renaming() {
        return update().and(request -> request.getUrl().contains("213.3.6")
                && request.getBodyAsString().contains("3999999999/"));
    }

    /** It is done as asked, and that status is answered. */
    private static VendorFault done(Predicate<Request> when, int status) {
        return VendorFault.ofAnswers(
                (request, answer) -> when.test(request) ? answer.get().withStatus(status) : answer.get());
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
            bundle.put("total", BundleFaults.all(bundle, "Slot").size());
        }
    }
}
