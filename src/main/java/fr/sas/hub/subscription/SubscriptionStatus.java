package fr.sas.hub.subscription;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.SubscriptionsBackport;

/** R5's SubscriptionStatus as Parameters, as R4's backport has it. */
final class SubscriptionStatus {

    static final String MAY_LACK_EVENTS =
            "The hub's database was started again, replaced or restored, or no longer knows what followed the last notification:"
                    + " events may be missing, and their numbers leap; read everything again";

    private final ObjectNode parameters = SubscriptionDocument.object();
    private final ArrayNode parameter;

    /**
     * @param type the kind of notification, or {@code query-status}
     * @param events number of events since the beginning, including those of this notification
     */
    SubscriptionStatus(SubscriptionRow row, String status, String type, long events) {
        parameters.put("resourceType", "Parameters");
        parameters.putObject("meta").putArray("profile").add(SubscriptionsBackport.STATUS);
        parameter = parameters.putArray("parameter");
        add("subscription").putObject("valueReference").put("reference", row.reference());
        add("topic").put("valueCanonical", SubscriptionDocument.TOPIC);
        add("status").put("valueCode", status);
        add("type").put("valueCode", type);
        add("events-since-subscription-start").put("valueString", String.valueOf(events));
        String error = row.mayLackEvents() ? MAY_LACK_EVENTS : row.trouble();
        if (error != null) {
            add("error").putObject("valueCodeableConcept").put("text", error);
        }
    }

    private ObjectNode add(String name) {
        return parameter.addObject().put("name", name);
    }

    /** @param focus reference to what changed; empty for none */
    void addEvent(long number, String at, String focus) {
        ArrayNode parts = add("notification-event").putArray("part");
        parts.addObject().put("name", "event-number").put("valueString", String.valueOf(number));
        parts.addObject().put("name", "timestamp").put("valueInstant", at);
        if (!focus.isEmpty()) {
            parts.addObject().put("name", "focus").putObject("valueReference").put("reference", focus);
        }
    }

    ObjectNode json() {
        return parameters;
    }
}
