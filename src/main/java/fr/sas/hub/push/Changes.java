package fr.sas.hub.push;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.InvalidJsonPatchException;
import com.flipkart.zjsonpatch.JsonPatch;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
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
 * again changes nothing; a word older than the one kept changes nothing either, and is told so.
 */
final class Changes {

    /** As JSON writes it. */
    private static final String NUL = '\\' + "u0000";

    private static final String LAST_UPDATED = "lastUpdated";
    private static final JsonPointer WHEN = JsonPointer.compile("/meta/lastUpdated");

    private final String vendor;
    private final Instant at;
    private final Map<Address, Kept> known;
    private final Map<Address, String> contents;
    private final ResourceRules rules;
    private final Map<Address, ResourceTables.Written> written = new LinkedHashMap<>();
    private final Map<Address, Kept> deletions = new HashMap<>();
    private final Map<Address, Instant> saidAgain = new LinkedHashMap<>();
    private final Touched touched;

    /**
     * @param contents of what may be read or patched; what is written is put in
     * @param touched learns what has to be told
     */
    Changes(
            String vendor,
            Instant at,
            Map<Address, Kept> known,
            Map<Address, String> contents,
            Touched touched,
            FhirSyntax syntax) {
        this.vendor = vendor;
        this.at = at;
        this.known = new HashMap<>(known);
        this.contents = new HashMap<>(contents);
        this.touched = touched;
        this.rules = new ResourceRules(syntax);
    }

    Done make(Asked asked, Names.Name name) {
        return switch (name) {
            case Names.Unclear unclear -> throw unclear.refusal();
            case Names.Known found -> make(asked, found);
        };
    }

    private Done make(Asked asked, Names.Known name) {
        Address address = name.address();
        Kept before = known.get(address);
        checkVersion(asked, before);
        Kept deletion = before == null || before.deleted() ? deletion(asked, name) : null;
        if (deletion != null) {
            Instant said = saidAt(asked);
            if (deletion.overtakes(said)) {
                return overtaken(deletion, said);
            }
            deletions.put(address, deletion);
        }
        return switch (asked.verb()) {
            case CREATE ->
                before != null && (name.exists() || !before.deleted())
                        ? unchanged(before, 200, null)
                        : put(asked, address, before);
            case UPDATE -> put(asked, address, before);
            case PATCH -> patch(asked, address, there(asked, before));
            case DELETE -> delete(asked, address, before);
            case READ -> read(there(asked, before));
        };
    }

    /** The last deletion by its identifier of what is not there, or is not by its id. */
    private @Nullable Kept deletion(Asked asked, Names.Known name) {
        if (asked.resource() == null) {
            return null;
        }
        return Stream.concat(
                        Stream.ofNullable(name.gone()),
                        Token.of(asked.type(), asked.resource()).stream().map(Names::unheardOf))
                .map(known::get)
                .filter(kept -> kept != null && kept.deleted() && kept.saidAt() != null)
                .max(Comparator.comparing(kept -> Objects.requireNonNull(kept.saidAt())))
                .orElse(null);
    }

    /** The newest date of what was said of it so far, by its id or its identifier; null when there is none. */
    private @Nullable Instant lastDate(Address address, @Nullable Kept before) {
        return Stream.of(Optional.ofNullable(before), Optional.ofNullable(deletions.get(address)))
                .flatMap(Optional::stream)
                .flatMap(kept -> Stream.ofNullable(kept.saidAt()))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static @Nullable Instant saidAt(Asked asked) {
        return asked.resource() == null ? asked.saidAt() : ResourceRules.saidAt(asked, asked.resource());
    }

    private static void checkVersion(Asked asked, @Nullable Kept before) {
        Long expected = asked.ifMatch();
        if (expected != null && (before == null || before.deleted() || before.version() != expected)) {
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

    private static Kept there(Asked asked, @Nullable Kept before) {
        if (before == null) {
            throw asked.refused(404, "not-found", "You have no " + asked.type() + " of this id");
        }
        if (before.deleted()) {
            throw asked.refused(410, "deleted", "It was deleted with version " + before.version());
        }
        return before;
    }

    private Done put(Asked asked, Address address, @Nullable Kept before) {
        ObjectNode resource = Json.MAPPER.createObjectNode();
        resource.setAll(Objects.requireNonNull(asked.resource()));
        resource.put("id", address.id());
        ResourceRules.checkIdentifier(asked, resource);
        return put(asked, address, before, resource, ResourceRules.saidAt(asked, resource));
    }

    private Done put(Asked asked, Address address, @Nullable Kept before, ObjectNode resource, @Nullable Instant said) {
        ResourceRules.checkWhen(asked, resource, said, at);
        if (before != null && before.overtakes(said)) {
            return overtaken(before, said);
        }
        Content content = Content.of(vendor, address, resource);
        if (before != null && !before.deleted() && before.digest().equals(content.digest())) {
            if (said != null && !said.equals(before.saidAt())) {
                saidAgain.put(address, said);
                known.put(address, said(before, said));
            }
            touched.repeated(before);
            return unchanged(before, 200, null);
        }
        if (content.json().contains(NUL)) {
            throw asked.refused(400, "value", "FHIR's texts have no NUL", "");
        }
        rules.check(asked, resource);
        Instant saidAt = said != null ? said : lastDate(address, before);
        Kept after = new Kept(
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
        return new Done(before == null || before.deleted() ? 201 : 200, address, after.version(), at, null, null);
    }

    private Done overtaken(Kept before, @Nullable Instant said) {
        return unchanged(
                before,
                200,
                "Overtaken, nothing was changed: this was said at " + said + ", and version " + before.version()
                        + (before.deleted() ? " (deleted)" : "") + " at " + before.saidAt());
    }

    private Done unchanged(Kept before, int status, @Nullable String remark) {
        return new Done(status, before.address(), before.version(), before.changedAt(), remark, null);
    }

    /** A word of now, whatever it is a change of, unless it says itself when it was said. */
    private Done patch(Asked asked, Address address, Kept before) {
        JsonNode current = Json.tree(Objects.requireNonNull(contents.get(address)));
        if (before.saidAt() != null && current.path("meta") instanceof ObjectNode meta && meta.has(LAST_UPDATED)) {
            meta.put(LAST_UPDATED, before.saidAt().toString());
        }
        JsonNode patched;
        try {
            patched = JsonPatch.apply(Objects.requireNonNull(asked.patch()), current);
        } catch (InvalidJsonPatchException e) {
            throw asked.refused(400, "invalid", "Not a JSON Patch (RFC 6902): " + e.getMessage());
        } catch (JsonPatchApplicationException e) {
            throw asked.refused(
                    422, "processing", "The patch does not fit version " + before.version() + ": " + e.getMessage());
        }
        if (!(patched instanceof ObjectNode resource)
                || !resource.path("resourceType").asText().equals(address.type())
                || !resource.path("id").asText().equals(address.id())) {
            throw asked.refused(422, "business-rule", "A patch does not change type and id");
        }
        boolean saysWhen = !resource.at(WHEN).equals(current.at(WHEN));
        Instant said = saysWhen ? ResourceRules.saidAt(asked, resource) : asked.saidAt();
        return put(asked, address, before, resource, said);
    }

    /** What is not there is gone already; so that an older word does not bring it, the vendor's time is kept when it is known. */
    private Done delete(Asked asked, Address address, @Nullable Kept before) {
        Instant said = asked.saidAt();
        if (before == null && said == null) {
            return new Done(204, address, 0, at, null, null);
        }
        if (before != null && !before.deleted() && before.overtakes(said)) {
            return overtaken(before, said);
        }
        if (before != null && before.deleted()) {
            if (said != null && !before.overtakes(said)) {
                saidAgain.put(address, said);
                known.put(address, said(before, said));
            }
            return unchanged(before, 204, null);
        }
        Instant saidAt = said != null || before == null ? said : before.saidAt();
        Kept after = new Kept(
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
        return new Done(204, address, after.version(), at, null, null);
    }

    private Done read(Kept before) {
        return new Done(
                200,
                before.address(),
                before.version(),
                before.changedAt(),
                null,
                Objects.requireNonNull(contents.get(before.address())));
    }

    private static Kept said(Kept kept, Instant said) {
        return new Kept(
                kept.address(),
                kept.version(),
                said,
                kept.changedAt(),
                kept.deleted(),
                kept.digest(),
                kept.schedule(),
                kept.subjects());
    }

    private void keep(@Nullable Kept before, Kept after, Content content) {
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
