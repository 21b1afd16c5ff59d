package fr.sas.hub.verdict;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.line.ServerProbe.Reply;
import fr.sas.hub.rule.Evidence;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.ServerRule;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * INT_R02 with a fictitious regulator, who exists only for the duration of the check and ends without habilitation. The
 * only steps that write.
 */
final class AccountSteps {

    private static final String TECHNICAL = "urn:oid:1.2.250.1.213.3.6";

    private final CheckRequests asking;
    private final Evidence evidence;

    AccountSteps(CheckRequests asking, Evidence evidence) {
        this.asking = asking;
        this.evidence = evidence;
    }

    /** An identifier of an account: the platform's own as long as it knows no national one. */
    private record Id(String system, String value, String type) {}

    /**
     * The ids under which the account may exist, whatever was answered, and those under which its disabling is judged.
     */
    private static final class Traces {
        private final List<Id> ids = new ArrayList<>();
        private @Nullable Id judged;
        /** Whether the vendor certainly has the account. */
        private boolean sure;
    }

    void run() {
        Traces traces = new Traces();
        try {
            write(traces);
            createByUpdate();
        } finally {
            traces.ids.forEach(id -> disable(id, traces));
        }
    }

    private void write(Traces traces) {
        String unique = UUID.randomUUID().toString();
        Id technical = new Id(TECHNICAL, unique, FhirVocabulary.INTERNAL);
        Id national = new Id(FhirVocabulary.PRACTITIONER_IDS, "3999999999/" + unique, FhirVocabulary.NATIONAL_PERSON);
        traces.ids.add(technical);
        Reply created =
                asking.write("POST", asking.probe().below("/Practitioner"), account(technical, true, "Camille"));
        traces.judged = created.failure() != null || isWell(created) ? technical : null;
        if (!demand(ServerRule.ACCOUNT_CREATED, created.status() == 201, "POST /Practitioner", created)) {
            return;
        }
        evidence.demand(
                ServerRule.ACCOUNT_LOCATION,
                created.header("Location").contains("Practitioner/"),
                "POST /Practitioner",
                created.header("Location"),
                null);
        Reply updated = put(technical, account(technical, true, "Dominique"));
        if (demand(ServerRule.ACCOUNT_UPDATED, updated.status() == 200, "PUT /Practitioner", updated)) {
            traces.ids.add(national);
            Reply renamed = put(technical, account(national, true, "Dominique"));
            traces.sure = demand(ServerRule.ACCOUNT_NATIONAL_ID, renamed.status() == 200, "PUT /Practitioner", renamed);
            traces.judged = traces.sure ? national : technical;
        }
    }

    private void createByUpdate() {
        Id unknown = new Id(TECHNICAL, UUID.randomUUID().toString(), FhirVocabulary.INTERNAL);
        Reply upserted = put(unknown, account(unknown, false, "Sacha"));
        demand(
                ServerRule.ACCOUNT_UNKNOWN_CREATED,
                upserted.status() == 201,
                "PUT /Practitioner with an unknown identifier",
                upserted);
    }

    private void disable(Id id, Traces traces) {
        Reply disabled = asking.undo(address(id), account(id, false, "Dominique"));
        if (id.equals(traces.judged)) {
            boolean done = traces.sure ? disabled.status() == 200 : isWell(disabled);
            demand(ServerRule.ACCOUNT_DISABLED, done, "PUT /Practitioner, active=false", disabled);
        }
    }

    private static boolean isWell(Reply reply) {
        return reply.status() >= 200 && reply.status() < 300;
    }

    private boolean demand(Rule rule, boolean kept, String path, Reply reply) {
        String value = reply.failure() == null ? "HTTP " + reply.status() : reply.detail();
        return evidence.demand(rule, kept, path, value, CheckRequests.excerpt(reply));
    }

    private Reply put(Id id, byte[] account) {
        return asking.write("PUT", address(id), account);
    }

    private URI address(Id id) {
        String identifier = URLEncoder.encode(id.system() + "|" + id.value(), StandardCharsets.UTF_8);
        return asking.probe().below("/Practitioner?identifier=" + identifier);
    }

    /** As the hub sends it: one identifier, active, one family name, one given name, one e-mail address. */
    private static byte[] account(Id id, boolean active, String given) {
        ObjectNode account = CheckRequests.JSON.createObjectNode().put("resourceType", "Practitioner");
        account.putObject("meta")
                .put("source", TECHNICAL)
                .putArray("profile")
                .add("https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/FrPractitionerRegul");
        ObjectNode identifier = account.putArray("identifier").addObject();
        identifier
                .putObject("type")
                .putArray("coding")
                .addObject()
                .put("system", FhirVocabulary.IDENTIFIER_TYPES)
                .put("code", id.type());
        identifier.put("system", id.system()).put("value", id.value());
        account.put("active", active);
        account.putArray("name")
                .addObject()
                .put("family", "VERIFICATION-SAS")
                .putArray("given")
                .add(given);
        account.putArray("telecom").addObject().put("system", "email").put("value", "verification@sas.invalid");
        return account.toString().getBytes(StandardCharsets.UTF_8);
    }
}
