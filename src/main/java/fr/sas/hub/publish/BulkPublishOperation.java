package fr.sas.hub.publish;

import fr.sas.hub.access.InstantParameter;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.interaction.FhirFile;
import fr.sas.hub.access.interaction.FhirInteraction;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirReply;
import fr.sas.hub.access.interaction.FhirRequest;
import fr.sas.hub.fhir.OutcomeIssue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * {@code GET /fhir/$bulk-publish}, and the files that its manifest names (SMART Scheduling Links,
 * https://github.com/smart-on-fhir/smart-scheduling-links/blob/master/specification.md; docs/decisions/0077). Every node
 * answers each of these addresses.
 */
@Component
class BulkPublishOperation implements FhirInteraction {

    private static final String SINCE = "_since=";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
    /** The file at an address never changes, but exists only as long as its edition is kept. */
    private static final String UNCHANGING = "private, immutable, max-age=";

    private final Editions editions;
    private final EditionTables tables;
    private final EditionContents contents;
    private final FileSendingLimit sending;
    private final PublishSettings settings;
    private final Clock clock;

    BulkPublishOperation(
            Editions editions,
            EditionTables tables,
            EditionContents contents,
            FileSendingLimit sending,
            PublishSettings settings,
            Clock clock) {
        this.editions = editions;
        this.tables = tables;
        this.contents = contents;
        this.sending = sending;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public boolean answers(FhirRequest request) {
        return !request.path().isEmpty() && request.path().getFirst().equals(ManifestFile.NAME);
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SEARCH, Role.OPS);
    }

    @Override
    public FhirReply answer(FhirRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw new FhirRefusal(405, "not-supported", "Only GET is supported here");
        }
        List<String> path = request.path();
        if (path.size() == 1) {
            return manifest(request);
        }
        FhirFile file = switch (path.size()) {
            case 4 -> whole(number(path.get(1)), path.get(2), path.get(3));
            case 5 -> deletions(number(path.get(1)), path.get(2), number(path.get(3)), path.get(4));
            case 6 -> changes(number(path.get(1)), path.get(2), number(path.get(3)), path.get(4), path.get(5));
            default -> throw unknown();
        };
        return FhirReply.of(
                file,
                Map.of(
                        HttpHeaders.ETAG,
                        "W/\"" + String.join("-", path.subList(1, path.size())) + "\"",
                        HttpHeaders.CACHE_CONTROL,
                        UNCHANGING + settings.kept().toSeconds()));
    }

    private FhirReply manifest(FhirRequest request) {
        String asked = since(request.query());
        Instant since = asked == null ? null : instant(asked);
        Optional<Edition> last = editions.last();
        if (last.isEmpty()) {
            return new FhirReply(
                    503,
                    Map.of(HttpHeaders.RETRY_AFTER, "10"),
                    OutcomeIssue.bytes(List.of(OutcomeIssue.error(
                            "transient", "The publication is being made; try again in a few seconds"))));
        }
        Edition edition = last.get();
        FhirFile manifest = Optional.ofNullable(since)
                .flatMap(instant -> tables.find(instant.toEpochMilli()))
                .<FhirFile>map(before -> ManifestFile.ofChanges(
                        edition,
                        before,
                        String.valueOf(asked),
                        contents.changes(before.number(), edition.number()),
                        request.base()))
                .orElseGet(() -> ManifestFile.ofAll(edition, contents.files(edition.number()), request.base()));
        return FhirReply.of(
                manifest,
                Map.of(
                        HttpHeaders.ETAG,
                        edition.etag(),
                        HttpHeaders.CACHE_CONTROL,
                        "private, max-age=" + untilNext(edition).toSeconds()));
    }

    private Duration untilNext(Edition edition) {
        Duration left = Duration.between(clock.instant(), edition.checkedAt().plus(settings.every()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** As given, decoded; null if it is missing. Other parameters of Bulk Data ask for what is done anyway. */
    private static @Nullable String since(@Nullable String query) {
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (parameter.startsWith(SINCE)) {
                try {
                    return URLDecoder.decode(
                            parameter.substring(SINCE.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    throw FhirRefusal.malformed("_since", "must be percent-encoded correctly");
                }
            }
        }
        return null;
    }

    private static Instant instant(String since) {
        try {
            Instant instant = OffsetDateTime.parse(since).toInstant();
            if (InstantParameter.isStorable(instant)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // refused below
        }
        throw FhirRefusal.malformed("_since", "must be an instant with an offset: the transactionTime of a manifest");
    }

    private FhirFile whole(long changedAt, String departement, String name) {
        EditionContents.InEdition file = contents.file(changedAt, departement(departement), type(name))
                .orElseThrow(() -> tables.isKept(changedAt) ? unknown() : missing(changedAt));
        return new PublishedFile.OfResources(sending, contents, file.edition(), 0, file.content());
    }

    private FhirFile changes(long edition, String since, long before, String departement, String name) {
        checkKept(edition, since, before);
        Edition.Content content = contents.changes(before, edition).stream()
                .filter(file -> file.departement().equals(departement(departement))
                        && file.type().equals(type(name)))
                .findFirst()
                .orElseThrow(BulkPublishOperation::unknown);
        return new PublishedFile.OfResources(sending, contents, edition, before, content);
    }

    private FhirFile deletions(long edition, String since, long before, String name) {
        if (!name.equals(ManifestFile.DELETED + ManifestFile.NDJSON)) {
            throw unknown();
        }
        checkKept(edition, since, before);
        return new Deletions(sending, tables, contents, before, edition);
    }

    private void checkKept(long edition, String since, long before) {
        if (!since.equals(ManifestFile.SINCE) || before >= edition) {
            throw unknown();
        }
        if (!tables.isKept(before) || !tables.isKept(edition)) {
            throw missing(edition);
        }
    }

    private static long number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw unknown();
        }
        return Long.parseLong(text);
    }

    private static String departement(String text) {
        return text.equals(ManifestFile.NOWHERE) ? "" : text;
    }

    private static String type(String name) {
        if (!name.endsWith(ManifestFile.NDJSON)) {
            throw unknown();
        }
        return name.substring(0, name.length() - ManifestFile.NDJSON.length());
    }

    /** Gone if it may once have existed: the reader has an old manifest. */
    private FhirRefusal missing(long edition) {
        boolean mayHaveBeen = tables.last().map(last -> edition < last.number()).orElse(false);
        return mayHaveBeen
                ? new FhirRefusal(410, "not-found", "This edition is no longer kept; read the manifest again")
                : unknown();
    }

    private static FhirRefusal unknown() {
        return new FhirRefusal(404, "not-found", "No manifest names this file; read " + ManifestFile.NAME);
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(new Capability(
                "",
                ManifestFile.NAME,
                "Every free slot as NDJSON files by département (SMART Scheduling Links); with _since, only what changed "
                        + "or disappeared after a transactionTime"));
    }
}
