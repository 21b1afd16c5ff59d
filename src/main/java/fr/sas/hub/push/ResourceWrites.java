package fr.sas.hub.push;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.InvalidJsonPatchException;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
import fr.sas.hub.access.FhirRefusal;
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
 * What one request makes of a vendor's resources: decided against what is stored, written afterwards in bulk. The same word
 * again changes nothing; a word older than the one kept is a conflict, unless it names the version it was made of.
 */
final class ResourceWrites {

    private static final JsonPointer WHEN = JsonPointer.compile("/meta/lastUpdated");

    private final String vendor;
    private final Instant at;
    private final Map<Address, StoredResource> known;
    private final Map<Address, String> contents;
    private final ResourceRules rules;
    private final Map<Address, ResourceTables.Written> written = new LinkedHashMap<>();
    private final Map<Address, StoredResource> deletions = new HashMap<>();
    private final Map<Address, Instant> saidAgain = new LinkedHashMap<>();
    private final TouchedResources touched;

    /**
     * @param contents of what may be read or patched; what is written is put in
     * @param touched learns what has to be told
     */
    ResourceWrites(
            String vendor,
            Instant at,
            Map<Address, StoredResource> known,
            Map<Address, String> contents,
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
            case ResourceResolver.Unclear unclear -> throw unclear.refusal();
            case ResourceResolver.Known found -> make(asked, found);
        };
    }

    private WriteOutcome make(WriteRequest asked, ResourceResolver.Known name) {
        Address address = name.address();
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

    /** The last deletion by its identifier of what is not there, or is not by its id. */
    private @Nullable StoredResource deletion(WriteRequest asked, ResourceResolver.Known name) {
        if (asked.resource() == null) {
            return null;
        }
        return Stream.concat(
                        Stream.ofNullable(name.gone()),
                        Token.of(asked.type(), asked.resource()).stream().map(ResourceResolver::unheardOf))
                .map(known::get)
                .filter(kept -> kept != null && kept.deleted() && kept.saidAt() != null)
                .max(Comparator.comparing(kept -> Objects.requireNonNull(kept.saidAt())))
                .orElse(null);
    }

    /** The newest date of what was said of it so far, by its id or its identifier; null when there is none. */
    private @Nullable Instant lastDate(Address address, @Nullable StoredResource before) {
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
                            ? "There is no such resource now"
                            : "Its version is " + before.version() + " now; read it again before changing it");
        }
        if (asked.onlyNew() && before != null && !before.deleted()) {
            throw asked.refused(412, "conflict", "It exists already, in version " + before.version());
        }
    }

    private static StoredResource there(WriteRequest asked, @Nullable StoredResource before) {
        if (before == null) {
            throw asked.refused(404, "not-found", "You have no " + asked.type() + " of this id");
        }
        if (before.deleted()) {
            throw asked.refused(410, "deleted", "It was deleted with version " + before.version());
        }
        return before;
    }

    private WriteOutcome put(WriteRequest asked, Address address, @Nullable StoredResource before) {
        ObjectNode resource = Json.MAPPER.createObjectNode();
        resource.setAll(Objects.requireNonNull(asked.resource()));
        resource.put("id", address.id());
        ResourceRules.checkIdentifier(asked, resource);
        return put(asked, address, before, resource, ResourceRules.saidAt(asked, resource));
    }

    private WriteOutcome put(
            WriteRequest asked,
            Address address,
            @Nullable StoredResource before,
            ObjectNode resource,
            @Nullable Instant said) {
        ResourceRules.checkWhen(asked, resource, said, at);
        Content content = Content.of(vendor, address, resource);
        boolean late = before != null && before.overtakes(said);
        if (before != null && !before.deleted() && before.digest().equals(content.digest())) {
            if (!late) {
                repeated(before, said);
            }
            return unchanged(before, 200);
        }
        if (before != null && late && asked.ifMatch() == null) {
            throw overtaken(asked, before, said);
        }
        rules.check(asked, resource);
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

    /** The same was said later. */
    private void repeated(StoredResource before, @Nullable Instant said) {
        if (said != null && !said.equals(before.saidAt())) {
            saidAgain.put(before.address(), said);
            known.put(before.address(), said(before, said));
        }
        touched.repeated(before);
    }

    private static FhirRefusal overtaken(WriteRequest asked, StoredResource before, @Nullable Instant said) {
        return asked.refused(
                409,
                "conflict",
                "Overtaken, nothing was changed: this was said at " + said + ", and version " + before.version()
                        + (before.deleted() ? " (deleted)" : "") + " at " + before.saidAt()
                        + "; read it again, or name this version in If-Match");
    }

    private static WriteOutcome unchanged(StoredResource before, int status) {
        return new WriteOutcome(status, before.address(), before.version(), before.changedAt(), null);
    }

    /** A word of now, whatever it is a change of, unless it says itself when it was said. */
    private WriteOutcome patch(WriteRequest asked, Address address, StoredResource before) {
        String stored = lastSaid(before);
        JsonNode patched;
        try {
            patched = Patching.patched(Objects.requireNonNull(asked.patch()), stored);
        } catch (Patching.TooMuch e) {
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
            throw asked.refused(422, "business-rule", "A patch does not change type and id");
        }
        boolean saysWhen = !resource.at(WHEN).equals(Json.tree(stored).at(WHEN));
        Instant said = saysWhen ? ResourceRules.saidAt(asked, resource) : asked.saidAt();
        return put(asked, address, before, resource, said);
    }

    /** What is not there is gone already; so that an older word does not bring it, the vendor's time is kept when it is known. */
    private WriteOutcome delete(WriteRequest asked, Address address, @Nullable StoredResource before) {
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
                known.put(address, said(before, said));
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
                Content.gone(List.of()).digest(),
                null,
                before == null ? Set.of() : before.subjects());
        keep(
                before,
                after,
                Content.gone(
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
        return Content.lastSaid(Objects.requireNonNull(contents.get(kept.address())), kept.saidAt());
    }

    private static StoredResource said(StoredResource kept, Instant said) {
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

    private void keep(@Nullable StoredResource before, StoredResource after, Content content) {
        Address address = after.address();
        known.put(address, after);
        saidAgain.remove(address);
        written.put(
                address,
                new ResourceTables.Written(address, after.version(), after.saidAt(), after.deleted(), content));
        touched.changed(before, after);
    }

    List<ResourceTables.Written> written() {
        return new ArrayList<>(written.values());
    }

    /** Said again with a later time, and the same. */
    Map<Address, Instant> saidAgain() {
        return saidAgain;
    }
}
