package fr.sas.hub.recheck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.interaction.FhirInteraction;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirReply;
import fr.sas.hub.access.interaction.FhirRequest;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.OfferedSlot;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * {@code POST /fhir/Slot/{id}/$revalidate}: is it still free? The vendors that offer the slot, including those whose
 * data is too old to be shown, are asked at once, and the answer comes within a second: free, gone or unknown. Vendors
 * that deliver by themselves are not asked: what they delivered is the answer. The answer includes the age of each
 * vendor's data.
 */
@Component
class Revalidation implements FhirInteraction {

    private static final ObjectMapper JSON = BoundedJson.mapper().build();
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final AvailabilityIndex index;
    private final Rechecks rechecks;
    private final GhostSettings settings;
    private final Clock clock;

    Revalidation(AvailabilityIndex index, Rechecks rechecks, GhostSettings settings, Clock clock) {
        this.index = index;
        this.rechecks = rechecks;
        this.settings = settings;
        this.clock = clock;
    }

    private enum Status {
        FREE("free"),
        GONE("gone"),
        UNKNOWN("unknown");

        private final String code;

        Status(String code) {
            this.code = code;
        }
    }

    @Override
    public boolean answers(FhirRequest request) {
        return request.method().equals("POST") && request.isAt("Slot", "*", "$revalidate");
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SEARCH, Role.OPS);
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(new Capability(
                "Slot",
                "$revalidate",
                "Asks the vendors of a slot whether it is still free; answers free, gone or unknown within a "
                        + "second. For a vendor that delivers by itself, what it delivered is the answer. "
                        + "word: when each vendor last confirmed it"));
    }

    @Override
    public FhirReply answer(FhirRequest request) {
        String id = request.path().get(1);
        Subject subject = Subject.ofNational(id.split("-", 2)[0])
                .orElseThrow(() -> new FhirRefusal(404, "not-found", "There is no Slot " + id));
        OfferedSlot before = index.offered(subject, id);
        Set<Source> answered = ask(before, subject);
        OfferedSlot after = before.sources().isEmpty() ? before : index.offered(subject, id);
        return reply(status(after, answered), answered, statusesOn(after));
    }

    /**
     * A slot that is not shown is gone only if no source offers it any longer: silence withdraws nothing (DOMAIN §7.4).
     */
    private static Status status(OfferedSlot slot, Set<Source> answered) {
        if (slot.sources().isEmpty()) {
            return Status.GONE;
        }
        return slot.shownBy().stream().anyMatch(answered::contains) ? Status.FREE : Status.UNKNOWN;
    }

    /**
     * @return the sources that answered completely, just now or a moment ago; the agenda and vendors that deliver
     *     by themselves always have
     */
    private Set<Source> ask(OfferedSlot slot, Subject subject) {
        Map<Source, CompletableFuture<Boolean>> asked = new HashMap<>();
        slot.sources()
                .forEach(source -> asked.put(
                        source,
                        source.isAgenda() || !rechecks.canAsk(source) || isFresh(slot, source)
                                ? CompletableFuture.completedFuture(true)
                                : rechecks.recheck(source, subject)));
        CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, settings.revalidateWithin().toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return asked.entrySet().stream()
                .filter(one -> one.getValue().getNow(false))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private boolean isFresh(OfferedSlot slot, Source source) {
        Instant enough = clock.instant().minus(settings.believeFor());
        return slot.statuses().stream()
                .filter(sourceStatus -> sourceStatus.source().equals(source))
                .map(SourceStatus::confirmedAt)
                .anyMatch(at -> at != null && at.isAfter(enough));
    }

    /**
     * Those of the sources that offer the slot; for a slot that is gone, of all sources with data about its subject.
     */
    private static List<SourceStatus> statusesOn(OfferedSlot slot) {
        Set<Source> offering = slot.sources();
        return slot.statuses().stream()
                .filter(sourceStatus -> sourceStatus.confirmedAt() != null)
                .filter(sourceStatus -> offering.isEmpty() || offering.contains(sourceStatus.source()))
                .sorted(Comparator.comparing(SourceStatus::source))
                .toList();
    }

    private FhirReply reply(Status status, Set<Source> answered, List<SourceStatus> statuses) {
        ObjectNode parameters = JSON.createObjectNode().put("resourceType", "Parameters");
        ArrayNode parameter = parameters.putArray("parameter");
        parameter.addObject().put("name", "status").put("valueCode", status.code);
        parameter.addObject().put("name", "checkedAt").put("valueInstant", FhirInstants.write(clock.instant(), PARIS));
        answered.stream()
                .map(Source::name)
                .sorted()
                .forEach(source ->
                        parameter.addObject().put("name", "answeredBy").put("valueString", source));
        for (SourceStatus sourceStatus : statuses) {
            ArrayNode parts = parameter.addObject().put("name", "word").putArray("part");
            parts.addObject()
                    .put("name", "source")
                    .put("valueString", sourceStatus.source().name());
            parts.addObject()
                    .put("name", "saidAt")
                    .put("valueInstant", FhirInstants.write(Objects.requireNonNull(sourceStatus.confirmedAt()), PARIS));
        }
        try {
            return new FhirReply(200, Map.of("Cache-Control", "no-store"), JSON.writeValueAsBytes(parameters));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be serialized", e);
        }
    }
}
