package fr.sas.hub.subscription;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.interaction.FhirInteraction;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirReply;
import fr.sas.hub.access.interaction.FhirRequest;
import fr.sas.hub.changes.Changes;
import fr.sas.hub.outbox.Outbox;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code /fhir/Subscription}: each client sees and deletes its own subscriptions, operators those of all clients. */
@Component
class SubscriptionInteractions implements FhirInteraction {

    private static final String TYPE = "Subscription";
    private static final String STATUS = "$status";
    private static final int LARGEST = 256 * 1024;

    private final SubscriptionTables tables;
    private final Subscriptions subscriptions;
    private final Changes changes;
    private final Outbox outbox;
    private final SubscriptionSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SubscriptionInteractions(
            SubscriptionTables tables,
            Subscriptions subscriptions,
            Changes changes,
            Outbox outbox,
            SubscriptionSettings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.tables = tables;
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.outbox = outbox;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Override
    public boolean answers(FhirRequest request) {
        return !request.path().isEmpty() && request.path().getFirst().equals(TYPE);
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SEARCH, Role.OPS);
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(
                new Capability(
                        TYPE,
                        "create",
                        "In the form of the Subscriptions R5 Backport: topic " + SubscriptionDocument.TOPIC
                                + ", rest-hook, empty, id-only or full-resource"),
                new Capability(TYPE, "read", "Without the headers of its channel"),
                new Capability(TYPE, "search-type", "All subscriptions of the client; status and url narrow them down"),
                new Capability(TYPE, "delete", "Nothing more is sent"),
                new Capability(TYPE, STATUS, "How a subscription is doing"));
    }

    @Override
    public FhirReply answer(FhirRequest request) throws IOException {
        String method = request.method();
        boolean get = method.equals("GET") || method.equals("HEAD");
        if (request.isAt(TYPE)) {
            if (method.equals("POST")) {
                return create(request);
            } else if (get) {
                return search(request);
            }
        } else if (get && (request.isAt(TYPE, STATUS) || request.isAt(TYPE, "*", STATUS))) {
            return status(request);
        } else if (request.isAt(TYPE, "*")) {
            if (get) {
                return read(request);
            } else if (method.equals("DELETE")) {
                return delete(request);
            }
        }
        throw new FhirRefusal(
                405, "not-supported", "A Subscription is created, read, searched, deleted, and has a $status");
    }

    private FhirReply create(FhirRequest request) throws IOException {
        request.refuseContentCoding();
        byte[] body = request.body().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw new FhirRefusal(413, "too-long", "A Subscription must not exceed " + LARGEST + " bytes");
        }
        SubscriptionDocument document = SubscriptionDocument.received(body, settings);
        Instant now = clock.instant();
        SubscriptionRow row = new SubscriptionRow(
                UuidCreator.getTimeOrderedEpoch(now),
                request.caller().id(),
                document,
                request.base(),
                document.subjects(),
                document.heartbeat(),
                document.endsAt(),
                SubscriptionRow.Status.REQUESTED,
                null,
                0,
                false,
                changes.start(),
                0,
                null,
                false,
                null,
                null);
        transaction.executeWithoutResult(status -> {
            if (tables.countOf(row.owner()) >= settings.mostPerClient()) {
                throw new FhirRefusal(
                        422, "too-costly", "A client may have " + settings.mostPerClient() + " subscriptions");
            }
            tables.create(row, now);
        });
        subscriptions.lookSoon();
        return new FhirReply(201, Map.of("Location", row.reference()), SubscriptionDocument.bytes(document.shown(row)));
    }

    private FhirReply read(FhirRequest request) {
        SubscriptionRow row = own(request, request.path().get(1));
        return reply(row.document().shown(row));
    }

    private FhirReply search(FhirRequest request) {
        Map<String, String> parameters = parameters(request, Set.of("status", "url", "_format"));
        ObjectNode bundle = bundle();
        ArrayNode entries = SubscriptionDocument.object().putArray("entry");
        tables.list(owner(request)).stream()
                .filter(row -> isAskedFor(row, parameters))
                .forEach(row -> put(entries, row.reference(), row.document().shown(row)));
        return reply(filled(bundle, entries));
    }

    private static boolean isAskedFor(SubscriptionRow row, Map<String, String> parameters) {
        String status = parameters.get("status");
        String url = parameters.get("url");
        return (status == null
                        || List.of(status.split(",")).contains(row.status().code()))
                && (url == null || row.document().isSentTo(url));
    }

    private FhirReply status(FhirRequest request) {
        String id = request.path().size() == 3
                ? request.path().get(1)
                : parameters(request, Set.of("id", "_format")).get("id");
        List<SubscriptionRow> rows = id == null ? tables.list(owner(request)) : List.of(own(request, id));
        ArrayNode entries = SubscriptionDocument.object().putArray("entry");
        rows.forEach(row -> put(
                entries,
                "urn:uuid:" + UUID.randomUUID(),
                new SubscriptionStatus(row, row.status().code(), "query-status", row.events()).json()));
        return reply(filled(bundle(), entries));
    }

    private FhirReply delete(FhirRequest request) {
        SubscriptionRow row = own(request, request.path().get(1));
        // not in one transaction, since who settles a letter locks it before its subscription; whoever fails on the way
        // asks again
        tables.turnOff(row.id(), null);
        outbox.forget(row.destination());
        tables.delete(row.id());
        return new FhirReply(204, Map.of(), new byte[0]);
    }

    /** To a client, the subscriptions of others do not exist. */
    private SubscriptionRow own(FhirRequest request, String id) {
        return uuid(id).flatMap(tables::find)
                .filter(row -> {
                    String owner = owner(request);
                    return owner == null || owner.equals(row.owner());
                })
                .orElseThrow(() -> new FhirRefusal(404, "not-found", "There is no such Subscription"));
    }

    private static Optional<UUID> uuid(String id) {
        return id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(id))
                : Optional.empty();
    }

    /** Null for operators, who see all. */
    private static @Nullable String owner(FhirRequest request) {
        return request.caller().role() == Role.OPS ? null : request.caller().id();
    }

    private static Map<String, String> parameters(FhirRequest request, Set<String> known) {
        Map<String, String> parameters = new HashMap<>();
        String query = request.query();
        for (String parameter : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = parameter.indexOf('=');
            String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals), "of the query");
            if (!known.contains(name)) {
                throw new FhirRefusal(400, "not-supported", "Unknown parameter " + name);
            }
            String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1), name);
            if (value.isEmpty()) {
                throw FhirRefusal.malformed(name, "must have a value");
            } else if (parameters.put(name, value) != null) {
                throw FhirRefusal.malformed(name, "may be given only once");
            }
        }
        return parameters;
    }

    private static String decoded(String text, String name) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw FhirRefusal.malformed(name, "must be percent-encoded correctly");
        }
    }

    private static ObjectNode bundle() {
        return SubscriptionDocument.object().put("resourceType", "Bundle").put("type", "searchset");
    }

    private static void put(ArrayNode entries, String url, ObjectNode resource) {
        ObjectNode entry = entries.addObject().put("fullUrl", url);
        entry.set("resource", resource);
        entry.putObject("search").put("mode", "match");
    }

    private static ObjectNode filled(ObjectNode bundle, ArrayNode entries) {
        bundle.put("total", entries.size());
        if (!entries.isEmpty()) {
            bundle.set("entry", entries);
        }
        return bundle;
    }

    private static FhirReply reply(ObjectNode json) {
        return new FhirReply(200, Map.of(), SubscriptionDocument.bytes(json));
    }
}
