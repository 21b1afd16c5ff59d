package fr.sas.hub.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.FhirInteraction;
import fr.sas.hub.access.FhirRefusal;
import fr.sas.hub.access.FhirReply;
import fr.sas.hub.access.FhirRequest;
import fr.sas.hub.access.Role;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.index.SourceWord;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * {@code POST /fhir/Slot/{id}/$revalidate}: is it still free? The vendors that offer the slot are asked at once, and the
 * answer comes within a second: free, gone or unknown.
 */
@Component
class Revalidation implements FhirInteraction {

    private static final ObjectMapper JSON = new ObjectMapper();
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
                "Asks the vendors of a slot whether it is still free; answers free, gone or unknown within a second"));
    }

    @Override
    public FhirReply answer(FhirRequest request) {
        String id = request.path().get(1);
        Subject subject = Subject.ofNational(id.split("-", 2)[0])
                .orElseThrow(() -> new FhirRefusal(404, "not-found", "There is no Slot " + id));
        Availability before = read(subject);
        Optional<MergedSlot> slot = find(before, id);
        if (slot.isEmpty()) {
            return reply(Status.GONE, Set.of());
        }
        Set<Source> answered = ask(before, slot.get());
        Optional<MergedSlot> after = find(read(subject), id);
        if (after.isEmpty()) {
            return reply(Status.GONE, answered);
        }
        boolean confirmed = sources(after.get()).anyMatch(answered::contains);
        return reply(confirmed ? Status.FREE : Status.UNKNOWN, answered);
    }

    /** @return who answered completely, just now or a moment ago; the agenda is ours and always does */
    private Set<Source> ask(Availability about, MergedSlot slot) {
        Map<Source, CompletableFuture<Boolean>> asked = new HashMap<>();
        sources(slot)
                .forEach(source -> asked.put(
                        source,
                        source.isAgenda() || isFresh(about, source)
                                ? CompletableFuture.completedFuture(true)
                                : rechecks.asked(source, about.subject())));
        CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, settings.revalidateWithin().toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return asked.entrySet().stream()
                .filter(one -> one.getValue().getNow(false))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private boolean isFresh(Availability about, Source source) {
        Instant enough = clock.instant().minus(settings.believeFor());
        return about.words().stream()
                .filter(word -> word.source().equals(source))
                .map(SourceWord::confirmedAt)
                .anyMatch(at -> at != null && at.isAfter(enough));
    }

    private Availability read(Subject subject) {
        return Objects.requireNonNull(index.availabilityOf(List.of(subject)).get(subject));
    }

    private Optional<MergedSlot> find(Availability availability, String id) {
        return availability.slots().stream()
                .filter(slot -> slot.id().equals(id) && !slot.slot().isPastAt(clock.instant()))
                .findFirst();
    }

    private static Stream<Source> sources(MergedSlot slot) {
        return Stream.concat(Stream.of(slot.source()), slot.others().stream().map(MergedSlot.Other::source));
    }

    private FhirReply reply(Status status, Set<Source> answered) {
        ObjectNode parameters = JSON.createObjectNode().put("resourceType", "Parameters");
        ArrayNode parameter = parameters.putArray("parameter");
        parameter.addObject().put("name", "status").put("valueCode", status.code);
        parameter.addObject().put("name", "checkedAt").put("valueInstant", FhirInstants.write(clock.instant(), PARIS));
        answered.stream()
                .map(Source::name)
                .sorted()
                .forEach(source ->
                        parameter.addObject().put("name", "answeredBy").put("valueString", source));
        try {
            return new FhirReply(200, Map.of("Cache-Control", "no-store"), JSON.writeValueAsBytes(parameters));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written", e);
        }
    }
}
