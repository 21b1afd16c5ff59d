package fr.sas.hub.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.FhirRefusal;
import fr.sas.hub.connector.PushedDeliveries.Terms;
import fr.sas.hub.fhir.FhirSyntax;
import fr.sas.hub.slot.Source;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes files that were fetched: a complete publication is all there is of the vendor's resources. All of it happens or
 * nothing; one resource that cannot be used is left as it was.
 */
@Service
class PublicationImport {

    private static final Logger log = LoggerFactory.getLogger(PublicationImport.class);
    private static final int LINES_AT_ONCE = 1_000;
    private static final String DEEP_LINK =
            "http://fhir-registry.smarthealthit.org/StructureDefinition/booking-deep-link";

    private final ResourceTables resources;
    private final PublicationTables publications;
    private final SubjectsTold told;
    private final FhirSyntax syntax;
    private final MeterRegistry meters;
    private final Clock clock;

    PublicationImport(
            ResourceTables resources,
            PublicationTables publications,
            SubjectsTold told,
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

    /** A file that is not what it should be: nothing of the publication is taken. */
    static final class Broken extends RuntimeException {
        Broken(String message) {
            super(message);
        }
    }

    /** @throws Broken nothing was changed */
    @Transactional
    public void take(Source source, Terms terms, Publication publication, List<Fetched> files, @Nullable String etag) {
        String vendor = source.name();
        Instant at =
                resources.takeTurn(vendor, terms.fingerprint(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Touched touched = new Touched();
        if (!publication.incremental()) {
            publications.beginSeeing();
        }
        for (Fetched fetched : files) {
            read(vendor, at, fetched, !publication.incremental(), touched);
        }
        if (!publication.incremental()) {
            removeUnseen(vendor, at, touched);
        }
        touched.repeated().clear();
        told.tell(source, terms, at, touched);
        told.confirmEverything(source, at);
        resources.removeDeleted(vendor);
        publications.taken(vendor, etag, publication.transactionTime(), publication.incremental() ? null : at);
    }

    private void read(String vendor, Instant at, Fetched fetched, boolean seeing, Touched touched) {
        List<Asked> some = new ArrayList<>(LINES_AT_ONCE);
        String name = fetched.file().address().getPath();
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(fetched.path())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    some.addAll(asked(fetched.file(), line, name + ":" + number));
                }
                if (some.size() >= LINES_AT_ONCE) {
                    take(vendor, at, some, seeing, touched);
                    some.clear();
                }
            }
        } catch (JsonProcessingException e) {
            throw new Broken(name + " line " + number + " is not JSON");
        } catch (IOException e) {
            throw new Broken(name + " cannot be read: " + e.getMessage());
        }
        take(vendor, at, some, seeing, touched);
    }

    private static List<Asked> asked(Publication.File file, String line, String place) throws IOException {
        JsonNode tree = Json.MAPPER.readTree(line);
        if (file.deletions()) {
            List<Asked> deletions = new ArrayList<>();
            for (JsonNode entry : tree.path("entry")) {
                String[] url = entry.path("request").path("url").asText("").split("/");
                if (entry.path("request").path("method").asText().equals("DELETE")
                        && url.length == 2
                        && ResourceRules.TYPES.contains(url[0])
                        && Address.isId(url[1])) {
                    deletions.add(Asked.ofFile(place, Asked.Verb.DELETE, url[0], url[1], null));
                }
            }
            return deletions;
        }
        if (!(tree instanceof ObjectNode resource)
                || !resource.path("resourceType").asText().equals(file.type())
                || !Address.isId(resource.path("id").asText(""))) {
            throw new Broken(place + " is not a " + file.type() + " with an id");
        }
        deepLink(resource);
        return List.of(Asked.ofFile(
                place, Asked.Verb.UPDATE, file.type(), resource.path("id").textValue(), resource));
    }

    /** SMART Scheduling Links names the booking page in an extension, the guide in the comment. */
    private static void deepLink(ObjectNode resource) {
        for (JsonNode extension : resource.path("extension")) {
            if (extension.path("url").asText().equals(DEEP_LINK) && !resource.has("comment")) {
                resource.put("comment", extension.path("valueUrl").asText());
            }
        }
    }

    private void take(String vendor, Instant at, List<Asked> some, boolean seeing, Touched touched) {
        List<Address> addresses = some.stream()
                .map(asked -> new Address(asked.type(), String.valueOf(asked.id())))
                .toList();
        Changes changes = new Changes(vendor, at, resources.find(vendor, addresses), Map.of(), touched, syntax);
        for (int i = 0; i < some.size(); i++) {
            try {
                changes.make(some.get(i), new Names.Known(addresses.get(i), false, null));
            } catch (FhirRefusal refusal) {
                meters.counter("hub.push.refused", "vendor", vendor).increment();
                log.debug("{} {}: {}", vendor, refusal.expression(), refusal.getMessage());
            }
        }
        resources.write(vendor, changes.written(), at);
        resources.saidAgain(vendor, changes.saidAgain());
        if (seeing) {
            publications.seen(addresses);
        }
    }

    private void removeUnseen(String vendor, Instant at, Touched touched) {
        List<Address> unseen = publications.unseen(vendor, LINES_AT_ONCE);
        while (!unseen.isEmpty()) {
            List<Asked> deletions = unseen.stream()
                    .map(address -> Asked.ofFile("", Asked.Verb.DELETE, address.type(), address.id(), null))
                    .toList();
            take(vendor, at, deletions, false, touched);
            unseen = publications.unseen(vendor, LINES_AT_ONCE);
        }
    }
}
