package fr.sas.hub.push;

import fr.sas.hub.access.FhirRefusal;
import fr.sas.hub.asking.PushedDeliveries.Terms;
import fr.sas.hub.fhir.FhirSyntax;
import fr.sas.hub.slot.Source;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes what a vendor asks for, all in one transaction: its resources, what the index shows of them, and the answer are one
 * fact. One request of a vendor at a time.
 */
@Service
class VendorWrites {

    private final ResourceTables resources;
    private final SubjectPublisher told;
    private final FhirSyntax syntax;
    private final Clock clock;

    VendorWrites(ResourceTables resources, SubjectPublisher told, FhirSyntax syntax, Clock clock) {
        this.resources = resources;
        this.told = told;
        this.syntax = syntax;
        this.clock = clock;
    }

    /**
     * @param base the hub's own address in references
     * @param atomic all or nothing: the first refusal is thrown, and nothing was done
     * @return in the order of what was asked
     */
    @Transactional
    public Result[] write(Source source, Terms terms, List<WriteRequest> asked, String base, boolean atomic) {
        String vendor = source.name();
        Instant at =
                resources.takeTurn(vendor, terms.fingerprint(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        ResourceResolver names = ResourceResolver.of(vendor, asked, resources, atomic);
        Links links = new Links(
                resources.bases(vendor, terms.base(), base, names.bases()), names.byFullUrl(), names.byToken());
        TouchedResources touched = new TouchedResources();
        ResourceWrites changes = new ResourceWrites(
                vendor, at, known(vendor, asked, names), contentsToPatch(vendor, asked, names), touched, syntax);
        Result[] results = new Result[asked.size()];
        for (int i : order(asked, atomic)) {
            results[i] = one(asked.get(i), names, i, links, changes, atomic);
        }
        resources.write(vendor, changes.written(), at);
        resources.saidAgain(vendor, changes.saidAgain());
        told.tell(source, terms, at, touched);
        return results;
    }

    /** What is stored of all that is asked; of what is new, whether its identifier was deleted before it came. */
    private Map<Address, StoredResource> known(String vendor, List<WriteRequest> asked, ResourceResolver names) {
        Map<Address, StoredResource> known = resources.find(vendor, names.addresses());
        Set<Address> deletions = new HashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            WriteRequest one = asked.get(i);
            if (one.resource() != null
                    && names.of(i) instanceof ResourceResolver.Known name
                    && isMissing(known.get(name.address()))) {
                Token.of(one.type(), one.resource()).stream()
                        .map(ResourceResolver::unheardOf)
                        .forEach(deletions::add);
            }
        }
        deletions.removeAll(known.keySet());
        if (!deletions.isEmpty()) {
            known.putAll(resources.find(vendor, deletions));
        }
        return known;
    }

    private static boolean isMissing(@Nullable StoredResource kept) {
        return kept == null || kept.deleted();
    }

    /** The same with the resource as it is now; as it was when there is none. */
    public WriteOutcome current(Source source, WriteOutcome done) {
        if (done.json() != null) {
            return done;
        }
        String json = resources.contents(source.name(), List.of(done.address())).get(done.address());
        Instant saidAt = resources
                .find(source.name(), done.address())
                .map(StoredResource::saidAt)
                .orElse(null);
        return new WriteOutcome(
                done.status(),
                done.address(),
                done.version(),
                done.changedAt(),
                json == null ? null : Content.lastSaid(json, saidAt));
    }

    private static Result one(
            WriteRequest asked, ResourceResolver names, int i, Links links, ResourceWrites changes, boolean atomic) {
        try {
            if (asked.resource() != null) {
                links.rewrite(asked, asked.resource());
            }
            return new Result.Taken(changes.make(asked, names.of(i)));
        } catch (FhirRefusal refusal) {
            if (atomic) {
                throw refusal;
            }
            return new Result.Refused(refusal);
        }
    }

    /** A transaction's entries go by what they do (FHIR R4 §3.1.0.11.2), a batch's as they come. */
    private static int[] order(List<WriteRequest> asked, boolean atomic) {
        IntStream positions = IntStream.range(0, asked.size());
        return atomic
                ? positions
                        .boxed()
                        .sorted(Comparator.comparing(i -> asked.get(i).verb()))
                        .mapToInt(Integer::intValue)
                        .toArray()
                : positions.toArray();
    }

    private Map<Address, String> contentsToPatch(String vendor, List<WriteRequest> asked, ResourceResolver names) {
        Set<Address> patched = new HashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            boolean needsContent = asked.get(i).verb() == WriteRequest.Verb.PATCH
                    || asked.get(i).verb() == WriteRequest.Verb.READ;
            if (needsContent && names.of(i) instanceof ResourceResolver.Known known) {
                patched.add(known.address());
            }
        }
        return resources.contents(vendor, patched);
    }
}
