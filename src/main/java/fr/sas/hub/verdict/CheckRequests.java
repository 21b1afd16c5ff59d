package fr.sas.hub.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.line.ServerProbe;
import fr.sas.hub.line.ServerProbe.Pages;
import fr.sas.hub.line.ServerProbe.Reply;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.Flow;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests of one check, with their number. */
final class CheckRequests {

    static final ObjectMapper JSON = BoundedJson.mapper().build();
    private static final int EXCERPT = 600;

    private final ServerProbe probe;
    private int requests;
    private boolean answered;

    CheckRequests(ServerProbe probe) {
        this.probe = probe;
    }

    ServerProbe probe() {
        return probe;
    }

    int requests() {
        return requests;
    }

    /** Whether any request was answered with a status. */
    boolean wasAnswered() {
        return answered;
    }

    URI search(Flow flow, Set<? extends Subject> asked, Window window) {
        return probe.search(flow, asked, window);
    }

    Reply get(URI address, String accept) {
        return counted(probe.get(address, accept));
    }

    Reply write(String method, URI address, byte[] json) {
        return counted(probe.write(method, address, json));
    }

    /** Sent however busy the line is. */
    Reply undo(URI address, byte[] json) {
        return counted(probe.writeOutOfTurn("PUT", address, json));
    }

    Pages pages(URI address) {
        Pages pages = probe.ask(address);
        requests += pages.pages().size();
        answered |= !pages.pages().isEmpty();
        Reply last = pages.last();
        if (last != null && !pages.pages().contains(last)) {
            counted(last);
        }
        return pages;
    }

    private Reply counted(Reply reply) {
        requests++;
        answered |= reply.failure() == null;
        return reply;
    }

    /** Missing if the body is not JSON and could not be repaired either. */
    static JsonNode json(Reply reply) {
        try {
            return JSON.readTree(reply.body());
        } catch (IOException e) {
            JsonNode repaired = repaired(reply);
            return repaired == null ? com.fasterxml.jackson.databind.node.MissingNode.getInstance() : repaired;
        }
    }

    /** The parsed body if it is JSON only once invalid UTF-8 or raw control characters are repaired; else null. */
    static @Nullable JsonNode repaired(Reply reply) {
        try {
            BoundedJson.Repaired read = BoundedJson.readRepairing(reply.body());
            return read.repaired() ? read.json() : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The request and its answer, for display: the status and the beginning of the body. */
    static JsonNode excerpt(Reply reply) {
        var excerpt = JSON.createObjectNode().put("request", reply.address().toString());
        if (reply.failure() != null) {
            return excerpt.put("lost", reply.failure() + ": " + reply.detail());
        }
        byte[] body = reply.body();
        return excerpt.put("status", reply.status())
                .put("body", new String(body, 0, Math.min(body.length, EXCERPT), StandardCharsets.UTF_8));
    }
}
