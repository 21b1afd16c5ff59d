package fr.sas.hub.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.line.ServerProbe;
import fr.sas.hub.line.ServerProbe.Reply;
import fr.sas.hub.rule.Evidence;
import fr.sas.hub.rule.ServerRule;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.StreamSupport;

/** Whether the server responds, how it is protected, and what it says about itself. */
final class ReachingSteps {

    private static final Duration SOON = Duration.ofDays(30);

    private final CheckRequests asking;
    private final CheckOrder order;
    private final Evidence evidence;
    private final Instant now;

    ReachingSteps(CheckRequests asking, CheckOrder order, Evidence evidence, Instant now) {
        this.asking = asking;
        this.order = order;
        this.evidence = evidence;
        this.now = now;
    }

    /** Whether it makes sense to continue. */
    boolean run() {
        Reply reply = asking.get(asking.probe().below("/metadata"), FhirMediaTypes.JSON);
        if (reply.failure() == ServerProbe.ProbeFailure.TLS) {
            evidence.demand(ServerRule.TLS, false, address(), reply.detail(), null);
            return false;
        }
        if (!evidence.demand(
                ServerRule.REACHABLE,
                reply.failure() != ServerProbe.ProbeFailure.UNREACHABLE,
                address(),
                reply.detail(),
                null)) {
            return false;
        }
        judgeTls(reply);
        if (reply.failure() == null) {
            judgeMetadata(reply);
        }
        return true;
    }

    private String address() {
        return asking.probe().base().toString();
    }

    private void judgeTls(Reply reply) {
        ServerProbe.Tls tls = reply.tls();
        if (tls != null) {
            boolean modern = tls.protocol().equals("TLSv1.2") || tls.protocol().equals("TLSv1.3");
            evidence.demand(ServerRule.TLS, modern, address(), tls.protocol(), null);
            Instant ends = tls.certificateEnds();
            if (ends != null) {
                evidence.demand(
                        ServerRule.CERTIFICATE_ENDS_SOON,
                        ends.isAfter(now.plus(SOON)),
                        address(),
                        ends.toString(),
                        null);
            }
        } else if (reply.failure() == null && !isThisMachine(asking.probe().base())) {
            evidence.demand(
                    ServerRule.TLS, false, address(), asking.probe().base().getScheme(), null);
        }
    }

    /** On the developer's own machine nothing crosses a network. */
    private static boolean isThisMachine(URI base) {
        try {
            return InetAddress.getByName(base.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void judgeMetadata(Reply reply) {
        JsonNode statement = CheckRequests.json(reply);
        String path = "GET /metadata";
        boolean there =
                reply.status() == 200 && statement.path("resourceType").asText().equals("CapabilityStatement");
        if (evidence.demand(
                ServerRule.METADATA_MISSING, there, path, "HTTP " + reply.status(), CheckRequests.excerpt(reply))) {
            String version = statement.path("fhirVersion").asText("-");
            evidence.demand(ServerRule.METADATA_VERSION, version.equals("4.0.1"), path, version, null);
            String missing = (order.practitioners().isEmpty() || searches(statement, "Slot") ? "" : "Slot ")
                    + (order.associations().isEmpty() || searches(statement, "Schedule") ? "" : "Schedule");
            evidence.demand(
                    ServerRule.METADATA_SEARCH,
                    missing.isEmpty(),
                    path,
                    "no search of " + missing.strip(),
                    statement.path("rest").path(0));
        }
    }

    private static boolean searches(JsonNode statement, String type) {
        return StreamSupport.stream(statement.path("rest").spliterator(), false)
                .flatMap(rest -> StreamSupport.stream(rest.path("resource").spliterator(), false))
                .filter(resource -> resource.path("type").asText().equals(type))
                .flatMap(resource ->
                        StreamSupport.stream(resource.path("interaction").spliterator(), false))
                .anyMatch(interaction -> interaction.path("code").asText().equals("search-type"));
    }
}
