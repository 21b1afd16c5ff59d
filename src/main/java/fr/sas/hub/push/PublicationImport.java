package fr.sas.hub.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.FhirRefusal;
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
 * Takes files that were fetched: a complete publication is all there is of the vendor's resources. All of it happens or
 * nothing; one resource that cannot be used is left as it was. A line that cannot be told from any resource is lost: the
 * others count, and nothing is deleted, because it may be any of those that were not seen (decision 0031).
 */
@Service
class PublicationImport {

    private static final Logger log = LoggerFactory.getLogger(PublicationImport.class);
    private static final int LINES_AT_ONCE = 1_000;
    private static final String DEEP_LINK =
            "http://fhir-registry.smarthealthit.org/StructureDefinition/booking-deep-link";

    private final ResourceTables resources;
    private final PublicationTables publications;
    private final SubjectPublisher told;
    private final FhirSyntax syntax;
    private final MeterRegistry meters;
    private final Clock clock;

    PublicationImport(
            ResourceTables resources,
            PublicationTables publications,
            SubjectPublisher told,
            FhirSyntax syntax,
            MeterRegistry meters,
            Clock clock) {
        this.resources = resources;
        this.publications = publications;
        this.told = told;
        this.syntax = syntax;
        this.meters = meters;
        this.clock = clock;
    }

    /** @param path where its lines are */
    record Fetched(Publication.File file, Path path) {}

    /** @param complete what is not seen is deleted in the end */
    private record Run(String vendor, Instant at, boolean complete, Links links, TouchedResources touched, Lost lost) {}

    /** Counts the lines that were lost; the first one is told. */
    private static final class Lost {
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

    /** @return what was lost, in a sentence, so that nothing was deleted; null when all was taken */
    @Transactional
    public @Nullable String take(
            Source source, Terms terms, Publication publication, List<Fetched> files, @Nullable String etag) {
        String vendor = source.name();
        Instant at =
                resources.takeTurn(vendor, terms.fingerprint(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        TouchedResources touched = new TouchedResources();
        if (!publication.incremental()) {
            publications.beginSeeing();
        }
        Lost lost = new Lost();
        if (publication.lost() != null) {
            lost.line(publication.lost());
        }
        Run run = new Run(
                vendor,
                at,
                !publication.incremental(),
                new Links(Set.of(terms.base()), Map.of(), Map.of()),
                touched,
                lost);
        for (Fetched fetched : files) {
            read(run, fetched);
        }
        String trouble = lost.inWords();
        if (trouble != null) {
            told.tell(source, terms, at, touched);
            told.failed(source, terms, at, new Answer.Trouble(Answer.Kind.MALFORMED, trouble));
            return trouble;
        }
        if (!publication.incremental()) {
            removeUnseen(run);
        }
        touched.repeated().clear();
        told.tell(source, terms, at, touched);
        told.confirmEverything(source, terms, at);
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
                    some.addAll(asked(fetched.file(), line, name + " line " + lines.number()));
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

    /** @throws FhirRefusal when nobody can tell which resource the line is about */
    private static List<WriteRequest> asked(Publication.File file, String line, String place) {
        JsonNode tree = tree(line, place);
        if (file.deletions()) {
            List<WriteRequest> deletions = new ArrayList<>();
            for (JsonNode entry : tree.path("entry")) {
                String[] url = entry.path("request").path("url").asText("").split("/");
                if (!entry.path("request").path("method").asText().equals("DELETE")
                        || url.length != 2
                        || !Address.isId(url[1])) {
                    throw lost(place + " has an entry that is not DELETE Type/id");
                }
                if (ResourceRules.TYPES.contains(url[0])) {
                    deletions.add(WriteRequest.ofFile(place, WriteRequest.Verb.DELETE, url[0], url[1], null));
                }
            }
            return deletions;
        }
        if (!(tree instanceof ObjectNode resource)
                || !resource.path("resourceType").asText().equals(file.type())
                || !Address.isId(resource.path("id").asText(""))) {
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
            return Json.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw lost(place + " is not JSON");
        }
    }

    private static FhirRefusal lost(String what) {
        return new FhirRefusal(400, "structure", what);
    }

    /** SMART Scheduling Links names the booking page in an extension, the guide in the comment. */
    private static void deepLink(ObjectNode resource) {
        for (JsonNode extension : resource.path("extension")) {
            if (extension.path("url").asText().equals(DEEP_LINK) && !resource.has("comment")) {
                resource.put("comment", extension.path("valueUrl").asText());
            }
        }
    }

    private void take(Run run, List<WriteRequest> some) {
        String vendor = run.vendor;
        List<Address> addresses = some.stream()
                .map(asked -> new Address(asked.type(), String.valueOf(asked.id())))
                .toList();
        ResourceWrites changes =
                new ResourceWrites(vendor, run.at, resources.find(vendor, addresses), Map.of(), run.touched, syntax);
        for (int i = 0; i < some.size(); i++) {
            WriteRequest asked = some.get(i);
            try {
                if (asked.resource() != null) {
                    run.links.rewrite(asked, asked.resource());
                }
                changes.make(asked, new ResourceResolver.Known(addresses.get(i), false, null));
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
        List<Address> unseen = publications.unseen(run.vendor, LINES_AT_ONCE);
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
