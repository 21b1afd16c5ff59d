package fr.sas.hub.push;

import fr.sas.hub.asking.PublishedFiles;
import fr.sas.hub.asking.PushedDeliveries;
import fr.sas.hub.asking.PushedDeliveries.Terms;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Vendors that publish files (SMART Scheduling Links): checks what is due, fetches, imports. {@code routes/} has the
 * steps.
 */
@Service
public class BulkPublications {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** After this another node may try; long enough to fetch and import a large publication. */
    private static final Duration CLAIM = Duration.ofMinutes(10);
    /** Corrects once a day whatever a vendor left out of its changes. */
    private static final Duration COMPLETE_EVERY = Duration.ofDays(1);

    private static final long LARGEST_NOTE = 1L << 20;

    private final PublishedFiles files;
    private final PublicationTables tables;
    private final PublicationImport imports;
    private final PushedDeliveries deliveries;
    private final UnchangedDeliveries repetitions;
    private final Clock clock;
    private final Map<Source, Instant> nextLook = new ConcurrentHashMap<>();

    BulkPublications(
            PublishedFiles files,
            PublicationTables tables,
            PublicationImport imports,
            PushedDeliveries deliveries,
            UnchangedDeliveries repetitions,
            Clock clock) {
        this.files = files;
        this.tables = tables;
        this.imports = imports;
        this.deliveries = deliveries;
        this.repetitions = repetitions;
        this.clock = clock;
    }

    /** A publication that this node is to fetch. */
    record Claim(
            Source source,
            Instant at,
            Duration every,
            @Nullable String etag,
            @Nullable String since) {}

    /** The outcome: trouble, files, or neither if nothing has changed. */
    record Fetch(
            Claim claim,
            PublishedFiles.Manifest manifest,
            Answer.@Nullable Trouble trouble,
            @Nullable DownloadedFiles files) {}

    /** What was fetched and saved to disk. */
    record DownloadedFiles(BulkManifest publication, List<PublicationImport.Fetched> files, Path folder) {}

    /** Null if the vendor is not due, or must not be polled now. */
    public @Nullable Claim claim(String vendor) {
        Source source = new Source(vendor);
        Instant now = clock.instant();
        if (now.isBefore(nextLook.getOrDefault(source, Instant.MIN))) {
            return null;
        }
        nextLook.put(source, now.plus(LOOK_EVERY));
        Duration every = files.every(source).orElse(null);
        if (every == null) {
            return null;
        }
        return tables.claim(vendor, now, now.plus(CLAIM))
                .map(last -> {
                    Instant complete = last.completeAt();
                    boolean onlyChanges = complete != null && now.isBefore(complete.plus(COMPLETE_EVERY));
                    return new Claim(
                            source,
                            now,
                            every,
                            onlyChanges ? last.etag() : null,
                            onlyChanges ? last.transactionTime() : null);
                })
                .orElse(null);
    }

    /** The manifest and, if it is a new one, the files it names. */
    public Fetch fetch(Claim claim) {
        PublishedFiles.Manifest manifest = files.manifest(claim.source(), claim.etag(), claim.since());
        return switch (manifest) {
            case PublishedFiles.Manifest.Failed failed -> new Fetch(claim, manifest, failed.trouble(), null);
            case PublishedFiles.Manifest.Unchanged unchanged -> new Fetch(claim, manifest, null, null);
            case PublishedFiles.Manifest.Fetched fetched -> fetch(claim, fetched);
        };
    }

    private Fetch fetch(Claim claim, PublishedFiles.Manifest.Fetched manifest) {
        Path folder = null;
        try {
            BulkManifest publication = BulkManifest.read(manifest.body(), URI.create(files.address(claim.source())));
            if (publication.transactionTime().equals(claim.since())) {
                return new Fetch(claim, manifest, null, null);
            }
            folder = Files.createTempDirectory("publication-" + claim.source());
            long left = files.mostBytes();
            List<PublicationImport.Fetched> saved = new ArrayList<>();
            for (BulkManifest.File file : publication.files()) {
                Path path = folder.resolve(Integer.toString(saved.size()));
                left -= files.save(claim.source(), file.address(), path, left);
                saved.add(new PublicationImport.Fetched(file, path));
            }
            return new Fetch(
                    claim, manifest, null, new DownloadedFiles(withNotes(claim, publication, folder), saved, folder));
        } catch (BulkManifest.Unusable e) {
            return failed(
                    claim, manifest, folder, new Answer.Trouble(Answer.Kind.MALFORMED, String.valueOf(e.getMessage())));
        } catch (PublishedFiles.NotFetched e) {
            return failed(claim, manifest, folder, e.trouble());
        } catch (IOException e) {
            delete(folder);
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the notes at once, because they say whether the publication is complete. */
    private BulkManifest withNotes(Claim claim, BulkManifest publication, Path folder)
            throws IOException, PublishedFiles.NotFetched {
        String lost = publication.lost();
        for (URI note : publication.notes()) {
            Path path = folder.resolve("note");
            try {
                files.save(claim.source(), note, path, LARGEST_NOTE);
                lost = lost == null && !isHarmless(path) ? "the vendor reports errors: " + note.getPath() : lost;
            } catch (PublishedFiles.NotFetched e) {
                if (e.trouble().kind() == Answer.Kind.HUB_FAILED) {
                    throw e;
                }
                lost = "the vendor reports errors, which cannot be fetched: "
                        + e.trouble().detail();
            }
        }
        return new BulkManifest(
                publication.transactionTime(),
                publication.incremental(),
                publication.files(),
                publication.notes(),
                lost);
    }

    private static boolean isHarmless(Path notes) throws IOException {
        try (PublishedLines lines = PublishedLines.of(notes)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!BulkManifest.isHarmless(line)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Fetch failed(
            Claim claim, PublishedFiles.Manifest manifest, @Nullable Path folder, Answer.Trouble trouble) {
        delete(folder);
        return new Fetch(claim, manifest, trouble, null);
    }

    /** Imports what was fetched, confirms what has not changed, or records what went wrong. */
    public void take(Fetch fetch) {
        Claim claim = fetch.claim();
        Source source = claim.source();
        Terms terms = deliveries.terms(source).orElse(null);
        DownloadedFiles downloaded = fetch.files();
        Answer.Trouble trouble = fetch.trouble();
        Answer answer = trouble == null ? Answer.COMPLETE : new Answer.Failed(trouble);
        try {
            if (terms != null && trouble == null && downloaded != null) {
                String lost = imports.take(
                        source, terms, downloaded.publication(), downloaded.files(), etag(fetch.manifest()));
                answer = lost == null ? answer : new Answer.Partial(new Answer.Trouble(Answer.Kind.MALFORMED, lost));
            } else if (terms != null && trouble == null) {
                repetitions.everything(source, terms);
            }
        } finally {
            if (downloaded != null) {
                delete(downloaded.folder());
            }
        }
        if (terms != null && trouble != null) {
            repetitions.failed(source, terms, trouble);
        }
        files.settle(source, claim.at(), answer);
        Duration maxAge = maxAge(fetch.manifest());
        Duration pause = trouble == null && maxAge.compareTo(claim.every()) > 0 ? maxAge : claim.every();
        tables.release(source.name(), claim.at().plus(pause));
    }

    private static @Nullable String etag(PublishedFiles.Manifest manifest) {
        return manifest instanceof PublishedFiles.Manifest.Fetched fetched ? fetched.etag() : null;
    }

    private static Duration maxAge(PublishedFiles.Manifest manifest) {
        return switch (manifest) {
            case PublishedFiles.Manifest.Fetched fetched -> fetched.maxAge();
            case PublishedFiles.Manifest.Unchanged unchanged -> unchanged.maxAge();
            case PublishedFiles.Manifest.Failed failed -> Duration.ZERO;
        };
    }

    private static void delete(@Nullable Path folder) {
        if (folder != null) {
            try {
                org.springframework.util.FileSystemUtils.deleteRecursively(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
