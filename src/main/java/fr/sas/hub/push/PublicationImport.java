package fr.sas.hub.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.asking.PushedDeliveries.Terms;
import fr.sas.hub.fhir.FhirSyntax;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Imports fetched files, in one transaction. A complete publication contains all of the vendor's resources; those
 * missing from it are deleted. A resource that cannot be used keeps its previous state. A line that cannot be
 * attributed to any resource is lost: the other lines are imported, but nothing is deleted, because the lost line may
 * be any of the resources that were not seen (decision 0031).
 */
@Service
class PublicationImport {

    private static final Logger log = LoggerFactory.getLogger(PublicationImport.class);
    private static final int LINES_AT_ONCE = 1_000;
    private static final String DEEP_LINK =
            "http://fhir-registry.smarthealthit.org/StructureDefinition/booking-deep-link";

    private final ResourceTables resources;
    private final PublicationTables publications;
    private final SubjectPublisher publisher;
    private final FhirSyntax syntax;
    private final MeterRegistry meters;
    private final Clock clock;

    PublicationImport(
            ResourceTables resources,
            PublicationTables publications,
            SubjectPublisher publisher,
            FhirSyntax syntax,
            MeterRegistry meters,
            Clock clock) {
        this.resources = resources;
        this.publications = publications;
        this.publisher = publisher;
        this.syntax = syntax;
        this.meters = meters;
        this.clock = clock;
    }

    /** @param path where it was saved */
    record Fetched(BulkManifest.File file, Path path) {}

    /** @param complete whether resources that were not seen are deleted at the end */
    private record Run(
            String vendor,
            Instant at,
            boolean complete,
            ReferenceNormalizer links,
            TouchedResources touched,
            LostLines lost) {}

    /** Counts the lines that were lost; the first one is reported. */
    private static final class LostLines {
        private int count;
        private @Nullable String first;

        void line(String what) {
            count++;
            first = first == null ? what : first;
        }

        @Nullable
        String inWords() {
            return count > 1 ? first + ", and " + (count - 1) + " more like it" : first;
        }
    }

    /** @return what was lost, in a sentence, in which case nothing was deleted; null if everything was imported */
    @Transactional
    public @Nullable String take(
            Source source, Terms terms, BulkManifest publication, List<Fetched> files, @Nullable String etag) {
        String vendor = source.name();
        Instant at = resources
                .takeTurn(vendor, terms.fingerprint(), clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .at();
        TouchedResources touched = new TouchedResources();
        if (!publication.incremental()) {
            publications.beginSeeing();
        }
        LostLines lost = new LostLines();
        if (publication.lost() != null) {
            lost.line(publication.lost());
        }
        Run run = new Run(
                vendor,
                at,
                !publication.incremental(),
                new ReferenceNormalizer(Set.of(terms.base()), Map.of(), Map.of()),
                touched,
                lost);
        for (Fetched fetched : files) {
            read(run, fetched);
        }
        String trouble = lost.inWords();
        if (trouble != null) {
            publisher.publish(source, terms, at, touched);
            publisher.failed(source, terms, at, new Answer.Trouble(Answer.Kind.MALFORMED, trouble));
            return trouble;
        }
        if (!publication.incremental()) {
            removeUnseen(run);
        }
        touched.repeated().clear();
        publisher.publish(source, terms, at, touched);
        publisher.confirmEverything(source, terms, at);
        resources.removeDeleted(vendor);
        publications.taken(vendor, etag, publication.transactionTime(), publication.incremental() ? null : at);
        return null;
    }

    private void read(Run run, Fetched fetched) {
        List<WriteRequest> some = new ArrayList<>(LINES_AT_ONCE);
        String name = fetched.file().address().getPath();
        try (PublishedLines lines = PublishedLines.of(fetched.path())) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                try {
                    some.addAll(writeRequests(fetched.file(), line, name + " line " + lines.number()));
                } catch (FhirRefusal refusal) {
                    refused(run, refusal);
                    run.lost.line(String.valueOf(refusal.getMessage()));
                }
                if (some.size() >= LINES_AT_ONCE) {
                    take(run, some);
                    some.clear();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        take(run, some);
    }

    /** @throws FhirRefusal if the line does not say which resource it is about */
    private static List<WriteRequest> writeRequests(BulkManifest.File file, String line, String place) {
        JsonNode tree = tree(line, place);
        if (file.deletions()) {
            List<WriteRequest> deletions = new ArrayList<>();
            for (JsonNode entry : tree.path("entry")) {
                String[] url = entry.path("request").path("url").asText("").split("/");
                if (!entry.path("request").path("method").asText().equals("DELETE")
                        || url.length != 2
                        || !ResourceAddress.isId(url[1])) {
                    throw lost(place + " has an entry other than DELETE Type/id");
                }
                if (ResourceRules.TYPES.contains(url[0])) {
                    deletions.add(WriteRequest.ofFile(place, WriteRequest.Verb.DELETE, url[0], url[1], null));
                }
            }
            return deletions;
        }
        if (!(tree instanceof ObjectNode resource)
                || !resource.path("resourceType").asText().equals(file.type())
                || !ResourceAddress.isId(resource.path("id").asText(""))) {
            throw lost(place + " is not a " + file.type() + " with an id");
        }
        deepLink(resource);
        return List.of(WriteRequest.ofFile(
                place,
                WriteRequest.Verb.UPDATE,
                file.type(),
                resource.path("id").textValue(),
                resource));
    }

    private static JsonNode tree(String line, String place) {
        try {
            return PushJson.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw lost(place + " is not JSON");
        }
    }

    private static FhirRefusal lost(String what) {
        return new FhirRefusal(400, "structure", what);
    }

    /** SMART Scheduling Links gives the booking page in an extension, the guide in the comment. */
    private static void deepLink(ObjectNode resource) {
        for (JsonNode extension : resource.path("extension")) {
            if (extension.path("url").asText().equals(DEEP_LINK) && !resource.has("comment")) {
                resource.put("comment", extension.path("valueUrl").asText());
            }
        }
    }

    private void take(Run run, List<WriteRequest> some) {
        String vendor = run.vendor;
        List<ResourceAddress> addresses = some.stream()
                .map(asked -> new ResourceAddress(asked.type(), String.valueOf(asked.id())))
                .toList();
        ResourceWrites changes =
                new ResourceWrites(vendor, run.at, resources.find(vendor, addresses), Map.of(), run.touched, syntax);
        for (int i = 0; i < some.size(); i++) {
            WriteRequest asked = some.get(i);
            try {
                if (asked.resource() != null) {
                    run.links.rewrite(asked, asked.resource());
                }
                changes.make(asked, new ResourceResolver.ResolvedName(addresses.get(i), false, null));
            } catch (FhirRefusal refusal) {
                refused(run, refusal);
            }
        }
        resources.write(vendor, changes.written(), run.at);
        resources.saidAgain(vendor, changes.saidAgain());
        if (run.complete) {
            publications.seen(addresses);
        }
    }

    private void refused(Run run, FhirRefusal refusal) {
        meters.counter("hub.push.refused", "vendor", run.vendor).increment();
        log.debug("{} {}: {}", run.vendor, refusal.expression(), refusal.getMessage());
    }

    private void removeUnseen(Run run) {
        List<ResourceAddress> unseen = publications.unseen(run.vendor, LINES_AT_ONCE);
        while (!unseen.isEmpty()) {
            take(
                    run,
                    unseen.stream()
                            .map(address -> WriteRequest.ofFile(
                                    "", WriteRequest.Verb.DELETE, address.type(), address.id(), null))
                            .toList());
            unseen = publications.unseen(run.vendor, LINES_AT_ONCE);
        }
    }
}
