package fr.sas.hub.push;

import fr.sas.hub.access.interaction.FhirRefusal;
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
 * Carries out a vendor's write requests in one transaction, so that its resources, the index and the reply always
 * agree. One request of a vendor at a time.
 */
@Service
class VendorWrites {

    private final ResourceTables resources;
    private final SubjectPublisher publisher;
    private final FhirSyntax syntax;
    private final Clock clock;

    VendorWrites(ResourceTables resources, SubjectPublisher publisher, FhirSyntax syntax, Clock clock) {
        this.resources = resources;
        this.publisher = publisher;
        this.syntax = syntax;
        this.clock = clock;
    }

    /**
     * @param base the hub's own base URL, as used in references
     * @param atomic all or nothing: the first refusal is thrown, and nothing has been written
     * @return one result per request, in the same order
     */
    @Transactional
    public WriteResult[] write(Source source, Terms terms, List<WriteRequest> asked, String base, boolean atomic) {
        String vendor = source.name();
        ResourceTables.Turn turn =
                resources.takeTurn(vendor, terms.fingerprint(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Instant at = turn.at();
        ResourceResolver names = ResourceResolver.of(vendor, asked, resources, atomic);
        ReferenceNormalizer links = new ReferenceNormalizer(
                bases(vendor, turn, names.bases(), Set.of(terms.base(), base)), names.byFullUrl(), names.byToken());
        TouchedResources touched = new TouchedResources();
        ResourceWrites changes = new ResourceWrites(
                vendor, at, known(vendor, asked, names), contentsToPatch(vendor, asked, names), touched, syntax);
        WriteResult[] results = new WriteResult[asked.size()];
        for (int i : order(asked, atomic)) {
            results[i] = one(asked.get(i), names, i, links, changes, atomic);
        }
        List<ResourceTables.NewResourceState> written = changes.written();
        resources.write(vendor, written, at);
        resources.saidAgain(vendor, changes.saidAgain());
        publisher.publish(source, terms, at, touched, written);
        return results;
    }

    /** With which the vendor's references mean its own resources. @param called used in this request */
    private Set<String> bases(String vendor, ResourceTables.Turn turn, Set<String> called, Set<String> others) {
        if (!turn.bases().containsAll(called)) {
            resources.rememberBases(vendor, called);
        }
        Set<String> bases = new HashSet<>(turn.bases());
        bases.addAll(called);
        bases.addAll(others);
        return bases;
    }

    /**
     * What is stored of all resources concerned; for new ones also the deletion of their identifier, if there was one.
     */
    private Map<ResourceAddress, StoredResource> known(
            String vendor, List<WriteRequest> asked, ResourceResolver names) {
        Map<ResourceAddress, StoredResource> known = resources.find(vendor, names.addresses());
        Set<ResourceAddress> deletions = new HashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            WriteRequest one = asked.get(i);
            if (one.resource() != null
                    && names.of(i) instanceof ResourceResolver.ResolvedName name
                    && isMissing(known.get(name.address()))) {
                IdentifierToken.of(one.type(), one.resource()).stream()
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

    /** The outcome with the resource as it is now; without one if the resource no longer exists. */
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
                json == null ? null : ResourceContent.lastSaid(json, saidAt));
    }

    private static WriteResult one(
            WriteRequest asked,
            ResourceResolver names,
            int i,
            ReferenceNormalizer links,
            ResourceWrites changes,
            boolean atomic) {
        try {
            if (asked.resource() != null) {
                links.rewrite(asked, asked.resource());
            }
            return new WriteResult.Accepted(changes.make(asked, names.of(i)));
        } catch (FhirRefusal refusal) {
            if (atomic) {
                throw refusal;
            }
            return new WriteResult.Refused(refusal);
        }
    }

    /** A transaction's entries are ordered by their verb (FHIR R4 §3.1.0.11.2), a batch's stay as sent. */
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

    private Map<ResourceAddress, String> contentsToPatch(
            String vendor, List<WriteRequest> asked, ResourceResolver names) {
        Set<ResourceAddress> patched = new HashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            boolean needsContent = asked.get(i).verb() == WriteRequest.Verb.PATCH
                    || asked.get(i).verb() == WriteRequest.Verb.READ;
            if (needsContent && names.of(i) instanceof ResourceResolver.ResolvedName known) {
                patched.add(known.address());
            }
        }
        return resources.contents(vendor, patched);
    }
}
