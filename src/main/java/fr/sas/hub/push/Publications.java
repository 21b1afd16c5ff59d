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

/** Vendors that publish files (SMART Scheduling Links): asks when it is due, fetches, imports. The steps stand in routes/. */
@Service
public class Publications {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** Until another node may try: fetching and importing a large publication. */
    private static final Duration CLAIM = Duration.ofMinutes(10);
    /** Whatever a vendor leaves out of what changed is put right once a day. */
    private static final Duration COMPLETE_EVERY = Duration.ofDays(1);

    private static final long LARGEST_NOTE = 1L << 20;

    private final PublishedFiles files;
    private final PublicationTables tables;
    private final PublicationImport imports;
    private final PushedDeliveries deliveries;
    private final Repetitions repetitions;
    private final Clock clock;
    private final Map<Source, Instant> nextLook = new ConcurrentHashMap<>();

    Publications(
            PublishedFiles files,
            PublicationTables tables,
            PublicationImport imports,
            PushedDeliveries deliveries,
            Repetitions repetitions,
            Clock clock) {
        this.files = files;
        this.tables = tables;
        this.imports = imports;
        this.deliveries = deliveries;
        this.repetitions = repetitions;
        this.clock = clock;
    }

    /** A publication to be looked at by this node. */
    record Claim(
            Source source,
            Instant at,
            Duration every,
            @Nullable String etag,
            @Nullable String since) {}

    /** What came of it: trouble, contents, or neither when nothing changed. */
    record Fetch(
            Claim claim,
            PublishedFiles.Manifest manifest,
            Answer.@Nullable Trouble trouble,
            @Nullable Contents contents) {}

    /** What was fetched and waits on disk. */
    record Contents(Publication publication, List<PublicationImport.Fetched> files, Path folder) {}

    /** Null when the vendor is not due, or must not be asked now. */
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

    /** The manifest, and the files it names when it is another one. */
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
            Publication publication = Publication.read(manifest.body(), URI.create(files.address(claim.source())));
            if (publication.transactionTime().equals(claim.since())) {
                return new Fetch(claim, manifest, null, null);
            }
            folder = Files.createTempDirectory("publication-" + claim.source());
            long left = files.mostBytes();
            List<PublicationImport.Fetched> saved = new ArrayList<>();
            for (Publication.File file : publication.files()) {
                Path path = folder.resolve(Integer.toString(saved.size()));
                left -= files.save(claim.source(), file.address(), path, left);
                saved.add(new PublicationImport.Fetched(file, path));
            }
            return new Fetch(claim, manifest, null, new Contents(withNotes(claim, publication, folder), saved, folder));
        } catch (Publication.Unusable e) {
            return failed(
                    claim, manifest, folder, new Answer.Trouble(Answer.Kind.MALFORMED, String.valueOf(e.getMessage())));
        } catch (PublishedFiles.NotFetched e) {
            return failed(claim, manifest, folder, e.trouble());
        } catch (IOException e) {
            delete(folder);
            throw new UncheckedIOException(e);
        }
    }

    /** Notes are read at once: whether the publication is complete stands in them. */
    private Publication withNotes(Claim claim, Publication publication, Path folder)
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
                lost = "the vendor reports errors, and they cannot be read: "
                        + e.trouble().detail();
            }
        }
        return new Publication(
                publication.transactionTime(),
                publication.incremental(),
                publication.files(),
                publication.notes(),
                lost);
    }

    private static boolean isHarmless(Path notes) throws IOException {
        try (PublishedLines lines = PublishedLines.of(notes)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!Publication.isHarmless(line)) {
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

    /** Imports what was fetched, confirms what did not change, or leaves word of what went wrong. */
    public void take(Fetch fetch) {
        Claim claim = fetch.claim();
        Source source = claim.source();
        Terms terms = deliveries.terms(source).orElse(null);
        Contents contents = fetch.contents();
        Answer.Trouble trouble = fetch.trouble();
        Answer answer = trouble == null ? Answer.COMPLETE : new Answer.Failed(trouble);
        try {
            if (terms != null && trouble == null && contents != null) {
                String lost =
                        imports.take(source, terms, contents.publication(), contents.files(), etag(fetch.manifest()));
                answer = lost == null ? answer : new Answer.Partial(new Answer.Trouble(Answer.Kind.MALFORMED, lost));
            } else if (terms != null && trouble == null) {
                repetitions.everything(source, terms);
            }
        } finally {
            if (contents != null) {
                delete(contents.folder());
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
