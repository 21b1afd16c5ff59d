package fr.sas.hub.verdict;

import static fr.sas.hub.verdict.BundleFaults.onlyAt;
import static fr.sas.hub.verdict.BundleFaults.put;
import static fr.sas.hub.verdict.BundleFaults.remove;
import static fr.sas.hub.verdict.BundleFaults.set;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import fr.sas.hub.rule.AssociationRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Faults of the sites of SOS Médecins, for {@link PlantedFaultsTest}: what each {@link AssociationRule} forbids. */
final class AssociationFaults {

    private AssociationFaults() {}

    static Stream<Arguments> all() {
        return Stream.of(
                arguments(
                        AssociationRule.ORPHAN_ORGANIZATION,
                        "a lost association",
                        set("Location", "/managingOrganization/reference", "\"Organization/perdue\"")),
                arguments(
                        AssociationRule.SOS_SEVERAL_ACTORS,
                        "one Schedule for two sites",
                        onlyAt(
                                "/Schedule?",
                                bundle -> put(
                                        BundleFaults.all(bundle, "Schedule").getFirst(),
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
                                        BundleFaults.all(bundle, "Organization").getFirst(),
                                        "/identifier/0/value",
                                        "\"" + GoodVendor.SOS.substring(1) + "\""))),
                arguments(
                        AssociationRule.SOS_AUDIENCE,
                        "for professionals",
                        onlyAt(
                                "/Schedule?",
                                bundle -> put(
                                        BundleFaults.all(bundle, "Slot").getFirst(),
                                        "/meta/security/0/code",
                                        "\"PRO\""))),
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
}
