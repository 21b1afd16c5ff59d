package fr.sas.hub.verdict;

import static fr.sas.hub.verdict.BundleFaults.audience;
import static fr.sas.hub.verdict.BundleFaults.communitySlot;
import static fr.sas.hub.verdict.BundleFaults.onlyAt;
import static fr.sas.hub.verdict.BundleFaults.put;
import static fr.sas.hub.verdict.BundleFaults.read;
import static fr.sas.hub.verdict.BundleFaults.remove;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.rule.CommunityRule;
import fr.sas.hub.testing.VendorFault;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Faults of slots for a CPTS, for {@link PlantedFaultsTest}: what each {@link CommunityRule} forbids. */
final class CommunityFaults {

    private CommunityFaults() {}

    static Stream<Arguments> all() {
        return Stream.of(
                arguments(
                        CommunityRule.CPTS_LEFT_OUT,
                        "a lost HealthcareService",
                        VendorFault.ofBundles(bundle -> lostService(bundle, false))),
                arguments(
                        CommunityRule.CPTS_LEFT_OUT,
                        "a service nobody provides",
                        remove("HealthcareService", "/providedBy")),
                arguments(
                        CommunityRule.CPTS_UNREADABLE,
                        "a lost HealthcareService of a slot for it only",
                        VendorFault.ofBundles(bundle -> lostService(bundle, true))),
                arguments(
                        CommunityRule.CPTS_AUDIENCE,
                        "a CPTS slot without its audience",
                        VendorFault.ofBundles(bundle -> communitySlot(bundle)
                                .ifPresent(slot -> slot.with("meta").set("security", read(audience("SNP")))))),
                arguments(
                        CommunityRule.CPTS_NOT_NAMED,
                        "an audience without CPTS",
                        VendorFault.ofBundles(bundle -> communitySlot(bundle)
                                .ifPresent(slot -> slot.set("serviceType", read("[{\"text\": \"Consultation\"}]"))))),
                arguments(
                        CommunityRule.CPTS_CATEGORY,
                        "a reference without code",
                        VendorFault.ofBundles(bundle -> communitySlot(bundle)
                                .ifPresent(slot -> slot.get("serviceType").forEach(concept -> {
                                    if (concept.has("extension")) {
                                        ((ObjectNode) concept).remove("coding");
                                    }
                                })))),
                arguments(
                        CommunityRule.CPTS_FINESS,
                        "a CPTS without prefix",
                        VendorFault.ofBundles(bundle -> organization(bundle, GoodVendor.CPTS)
                                .ifPresent(cpts ->
                                        put(cpts, "/identifier/0/value", "\"" + GoodVendor.CPTS.substring(1) + "\"")))),
                arguments(
                        CommunityRule.CPTS_NOT_SHOWN,
                        "another CPTS than announced",
                        VendorFault.ofBundles(bundle -> organization(bundle, GoodVendor.CPTS)
                                .ifPresent(cpts -> put(cpts, "/identifier/0/value", "\"1590000099\"")))),
                arguments(
                        CommunityRule.CPTS_SINGLE_LINK,
                        "two links",
                        onlyAt(
                                "service-type-reference",
                                bundle -> ((ArrayNode) bundle.get("link"))
                                        .addObject()
                                        .put("relation", "alternate")
                                        .put("url", "https://vendor.example/"))));
    }

    private static Optional<ObjectNode> organization(ObjectNode bundle, String structure) {
        return BundleFaults.all(bundle, "Organization").stream()
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
                slot.with("meta").set("security", read(audience("CPTS")));
            }
        });
    }
}
