package fr.sas.hub.push;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.InvalidJsonPatchException;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.fhir.FhirSyntax;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one request changes in a vendor's resources: decided by comparison with what is stored, written afterwards in
 * bulk. The same content again changes nothing; content older than what is stored is a conflict, unless the request
 * names the version it is based on.
 */
final class ResourceWrites {

    private static final JsonPointer WHEN = JsonPointer.compile("/meta/lastUpdated");

    private final String vendor;
    private final Instant at;
    private final Map<ResourceAddress, StoredResource> known;
    private final Map<ResourceAddress, String> contents;
    private final ResourceRules rules;
    private final Map<ResourceAddress, ResourceTables.NewResourceState> written = new LinkedHashMap<>();
    private final Map<ResourceAddress, StoredResource> deletions = new HashMap<>();
    private final Map<ResourceAddress, Instant> saidAgain = new LinkedHashMap<>();
    private final TouchedResources touched;

    /**
     * @param contents of what may be read or patched; what is written is added
     * @param touched collects what must be published again
     */
    ResourceWrites(
            String vendor,
            Instant at,
            Map<ResourceAddress, StoredResource> known,
            Map<ResourceAddress, String> contents,
            TouchedResources touched,
            FhirSyntax syntax) {
        this.vendor = vendor;
        this.at = at;
        this.known = new HashMap<>(known);
        this.contents = new HashMap<>(contents);
        this.touched = touched;
        this.rules = new ResourceRules(syntax);
    }

    WriteOutcome make(WriteRequest asked, ResourceResolver.Name name) {
        return switch (name) {
            case ResourceResolver.UnresolvedName unclear -> throw unclear.refusal();
            case ResourceResolver.ResolvedName found -> make(asked, found);
        };
    }

    private WriteOutcome make(WriteRequest asked, ResourceResolver.ResolvedName name) {
        ResourceAddress address = name.address();
        StoredResource before = known.get(address);
        checkVersion(asked, before);
        StoredResource deletion = before == null || before.deleted() ? deletion(asked, name) : null;
        if (deletion != null) {
            Instant said = saidAt(asked);
            if (deletion.overtakes(said)) {
                throw overtaken(asked, deletion, said);
            }
            deletions.put(address, deletion);
        }
        return switch (asked.verb()) {
            case CREATE ->
                before != null && (name.exists() || !before.deleted())
                        ? unchanged(before, 200)
                        : put(asked, address, before);
            case UPDATE -> put(asked, address, before);
            case PATCH -> patch(asked, address, there(asked, before));
            case DELETE -> delete(asked, address, before);
            case READ -> read(there(asked, before));
        };
    }

    /**
     * For a resource that does not exist, or not by its id: the last deletion by its identifier. Null if there is none.
     */
    private @Nullable StoredResource deletion(WriteRequest asked, ResourceResolver.ResolvedName name) {
        if (asked.resource() == null) {
            return null;
        }
        return Stream.concat(
                        Stream.ofNullable(name.gone()),
                        IdentifierToken.of(asked.type(), asked.resource()).stream()
                                .map(ResourceResolver::unheardOf))
                .map(known::get)
                .filter(kept -> kept != null && kept.deleted() && kept.saidAt() != null)
                .max(Comparator.comparing(kept -> Objects.requireNonNull(kept.saidAt())))
                .orElse(null);
    }

    /** The latest date of what has been sent about it, by its id or its identifier; null if there is none. */
    private @Nullable Instant lastDate(ResourceAddress address, @Nullable StoredResource before) {
        return Stream.of(Optional.ofNullable(before), Optional.ofNullable(deletions.get(address)))
                .flatMap(Optional::stream)
                .flatMap(kept -> Stream.ofNullable(kept.saidAt()))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static @Nullable Instant saidAt(WriteRequest asked) {
        return asked.resource() == null ? asked.saidAt() : ResourceRules.saidAt(asked, asked.resource());
    }

    private static void checkVersion(WriteRequest asked, @Nullable StoredResource before) {
        Set<Long> expected = asked.ifMatch();
        if (expected != null && (before == null || before.deleted() || !expected.contains(before.version()))) {
            throw asked.refused(
                    412,
                    "conflict",
                    before == null || before.deleted()
                            ? "This resource does not exist now"
                            : "Its version is now " + before.version() + "; read it again before changing it");
        }
        if (asked.onlyNew() && before != null && !before.deleted()) {
            throw asked.refused(412, "conflict", "It already exists, in version " + before.version());
        }
    }

    private static StoredResource there(WriteRequest asked, @Nullable StoredResource before) {
        if (before == null) {
            throw asked.refused(404, "not-found", "You have no " + asked.type() + " with this id");
        }
        if (before.deleted()) {
            throw asked.refused(410, "deleted", "It was deleted in version " + before.version());
        }
        return before;
    }

    private WriteOutcome put(WriteRequest asked, ResourceAddress address, @Nullable StoredResource before) {
        ObjectNode resource = withId(Objects.requireNonNull(asked.resource()), address.id());
        ResourceRules.checkIdentifier(asked, resource);
        return put(asked, address, before, resource, ResourceRules.saidAt(asked, resource));
    }

    /** The resource itself if it has this id; otherwise a shallow copy with it. */
    private static ObjectNode withId(ObjectNode resource, String id) {
        JsonNode said = resource.path("id");
        if (said.isTextual() && said.textValue().equals(id)) {
            return resource;
        }
        ObjectNode copy = PushJson.MAPPER.createObjectNode();
        copy.setAll(resource);
        copy.put("id", id);
        return copy;
    }

    private WriteOutcome put(
            WriteRequest asked,
            ResourceAddress address,
            @Nullable StoredResource before,
            ObjectNode resource,
            @Nullable Instant said) {
        ResourceRules.checkWhen(asked, resource, said, at);
        ResourceContent.ComparableContent compared = ResourceContent.ComparableContent.of(resource);
        boolean late = before != null && before.overtakes(said);
        if (before != null && !before.deleted() && before.digest().equals(compared.digest())) {
            if (!late) {
                repeated(before, said);
            }
            return unchanged(before, 200);
        }
        if (before != null && late && asked.ifMatch() == null) {
            throw overtaken(asked, before, said);
        }
        rules.check(asked, resource);
        ResourceContent content = ResourceContent.of(vendor, address, resource, compared);
        Instant saidAt = said != null && !late ? said : lastDate(address, before);
        StoredResource after = new StoredResource(
                address,
                before == null ? 1 : before.version() + 1,
                saidAt,
                at,
                false,
                content.digest(),
                content.schedule(),
                before == null ? Set.of() : before.subjects());
        keep(before, after, content);
        contents.put(address, content.json());
        return new WriteOutcome(before == null || before.deleted() ? 201 : 200, address, after.version(), at, null);
    }

    /** The same content was sent later. */
    private void repeated(StoredResource before, @Nullable Instant said) {
        if (said != null && !said.equals(before.saidAt())) {
            saidAgain.put(before.address(), said);
            known.put(before.address(), withSaidAt(before, said));
        }
        touched.repeated(before);
    }

    private static FhirRefusal overtaken(WriteRequest asked, StoredResource before, @Nullable Instant said) {
        return asked.refused(
                409,
                "conflict",
                "Overtaken, nothing was changed: this was written at " + said + ", version " + before.version()
                        + (before.deleted() ? " (deleted)" : "") + " at " + before.saidAt()
                        + "; read it again, or name that version in If-Match");
    }

    private static WriteOutcome unchanged(StoredResource before, int status) {
        return new WriteOutcome(status, before.address(), before.version(), before.changedAt(), null);
    }

    /** A patch counts as written now, however old the resource is, unless the patch itself sets a date. */
    private WriteOutcome patch(WriteRequest asked, ResourceAddress address, StoredResource before) {
        String stored = lastSaid(before);
        JsonNode patched;
        try {
            patched = JsonPatching.patched(Objects.requireNonNull(asked.patch()), stored);
        } catch (JsonPatching.TooMuch e) {
            throw asked.refused(413, "too-costly", String.valueOf(e.getMessage()));
        } catch (InvalidJsonPatchException | IllegalArgumentException | ClassCastException e) {
            throw asked.refused(400, "invalid", "Not a JSON Patch (RFC 6902): " + e.getMessage());
        } catch (JsonPatchApplicationException | IllegalStateException e) {
            throw asked.refused(
                    422, "processing", "The patch does not fit version " + before.version() + ": " + e.getMessage());
        }
        if (!(patched instanceof ObjectNode resource)
                || !resource.path("resourceType").asText().equals(address.type())
                || !resource.path("id").asText().equals(address.id())) {
            throw asked.refused(422, "business-rule", "A patch must not change the type or the id");
        }
        boolean saysWhen = !resource.at(WHEN).equals(PushJson.tree(stored).at(WHEN));
        Instant said = saysWhen ? ResourceRules.saidAt(asked, resource) : asked.saidAt();
        return put(asked, address, before, resource, said);
    }

    /**
     * Deleting a missing resource succeeds. If the vendor gives a time, the deletion is stored even then, so that an
     * older message does not create the resource.
     */
    private WriteOutcome delete(WriteRequest asked, ResourceAddress address, @Nullable StoredResource before) {
        Instant said = asked.saidAt();
        if (before == null && said == null) {
            return new WriteOutcome(204, address, 0, at, null);
        }
        boolean late = before != null && !before.deleted() && before.overtakes(said);
        if (before != null && late && asked.ifMatch() == null) {
            throw overtaken(asked, before, said);
        }
        if (before != null && before.deleted()) {
            if (said != null && !before.overtakes(said)) {
                saidAgain.put(address, said);
                known.put(address, withSaidAt(before, said));
            }
            return unchanged(before, 204);
        }
        Instant saidAt = before == null || said != null && !late ? said : before.saidAt();
        StoredResource after = new StoredResource(
                address,
                before == null ? 1 : before.version() + 1,
                saidAt,
                at,
                true,
                ResourceContent.gone(List.of()).digest(),
                null,
                before == null ? Set.of() : before.subjects());
        keep(
                before,
                after,
                ResourceContent.gone(
                        before != null || asked.condition() == null
                                ? List.of()
                                : List.of(asked.condition().key())));
        contents.remove(address);
        return new WriteOutcome(204, address, after.version(), at, null);
    }

    private WriteOutcome read(StoredResource before) {
        return new WriteOutcome(200, before.address(), before.version(), before.changedAt(), lastSaid(before));
    }

    private String lastSaid(StoredResource kept) {
        return ResourceContent.lastSaid(Objects.requireNonNull(contents.get(kept.address())), kept.saidAt());
    }

    private static StoredResource withSaidAt(StoredResource kept, Instant said) {
        return new StoredResource(
                kept.address(),
                kept.version(),
                said,
                kept.changedAt(),
                kept.deleted(),
                kept.digest(),
                kept.schedule(),
                kept.subjects());
    }

    private void keep(@Nullable StoredResource before, StoredResource after, ResourceContent content) {
        ResourceAddress address = after.address();
        known.put(address, after);
        saidAgain.remove(address);
        written.put(
                address,
                new ResourceTables.NewResourceState(
                        address, after.version(), after.saidAt(), after.deleted(), content));
        touched.changed(before, after);
    }

    List<ResourceTables.NewResourceState> written() {
        return new ArrayList<>(written.values());
    }

    /** Resources sent again unchanged with a later time. */
    Map<ResourceAddress, Instant> saidAgain() {
        return saidAgain;
    }
}
