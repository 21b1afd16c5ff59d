package fr.sas.hub.subscription;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import fr.sas.hub.changes.ChangedSubject;
import fr.sas.hub.changes.GoneResource;
import fr.sas.hub.changes.KnownResource;
import fr.sas.hub.changes.Position;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.fhir.SubscriptionsBackport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification ready to be sent.
 *
 * @param next the subscription's position once the notification is accepted
 * @param events number of the subscription's events by then
 */
record Notification(byte[] json, Position next, long events) {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    static Notification handshake(SubscriptionRow row, Instant now) {
        return new Notification(
                new NotificationBundle(row, "requested", "handshake", row.events(), now).bytes(),
                row.position(),
                row.events());
    }

    static Notification heartbeat(SubscriptionRow row, Position next, Instant now) {
        return new Notification(
                new NotificationBundle(row, "active", "heartbeat", row.events(), now).bytes(), next, row.events());
    }

    static Notification of(List<ChangedSubject> subjects, SubscriptionRow row, Position next, Instant now) {
        return of(subjects, row, next, row.events() + count(subjects), now);
    }

    /** @param last number of the last event */
    static Notification of(List<ChangedSubject> subjects, SubscriptionRow row, Position next, long last, Instant now) {
        NotificationBundle written = new NotificationBundle(row, "active", "event-notification", last, now);
        written.number = last - count(subjects);
        subjects.forEach(written::add);
        return new Notification(written.bytes(), next, last);
    }

    static long count(List<ChangedSubject> subjects) {
        return subjects.stream()
                .mapToLong(subject -> subject.gone().size() + subject.changed().size())
                .sum();
    }

    /** A Bundle of type history: the status first, then an entry for each change. */
    private static final class NotificationBundle {

        private final SubscriptionRow row;
        private final PayloadContent content;
        private final SubscriptionStatus status;
        private final ObjectNode bundle = SubscriptionDocument.object();
        private final ArrayNode entries;
        private long number;

        NotificationBundle(SubscriptionRow row, String state, String type, long events, Instant now) {
            this.row = row;
            this.content = row.document().content();
            this.status = new SubscriptionStatus(row, state, type, events);
            bundle.put("resourceType", "Bundle").put("id", UUID.randomUUID().toString());
            bundle.putObject("meta").putArray("profile").add(SubscriptionsBackport.NOTIFICATION);
            bundle.put("type", "history").put("timestamp", FhirInstants.write(now, PARIS));
            entries = bundle.putArray("entry");
            ObjectNode first = entries.addObject().put("fullUrl", "urn:uuid:" + UUID.randomUUID());
            first.set("resource", status.json());
            first.putObject("request").put("method", "GET").put("url", row.reference() + "/$status");
            first.putObject("response").put("status", "200");
        }

        void add(ChangedSubject subject) {
            String at = FhirInstants.write(subject.at(), PARIS);
            for (GoneResource gone : subject.gone()) {
                add(gone.reference(), "DELETE", at, null);
            }
            for (KnownResource known : subject.changed()) {
                add(known.resource().reference(), "PUT", at, known.resource().json());
            }
        }

        private void add(String reference, String method, String at, byte @Nullable [] resource) {
            String url = row.base() + "/" + reference;
            number++;
            status.addEvent(number, at, content == PayloadContent.EMPTY ? "" : url);
            if (content == PayloadContent.EMPTY) {
                return;
            }
            ObjectNode entry = entries.addObject().put("fullUrl", url);
            if (resource != null && content == PayloadContent.FULL_RESOURCE) {
                entry.putRawValue("resource", new RawValue(new String(resource, StandardCharsets.UTF_8)));
            }
            entry.putObject("request").put("method", method).put("url", reference);
            entry.putObject("response")
                    .put("status", method.equals("PUT") ? "200" : "204")
                    .put("lastModified", at);
        }

        byte[] bytes() {
            return SubscriptionDocument.bytes(bundle);
        }
    }
}
