package fr.sas.hub.asking;

import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.line.VendorClients;
import fr.sas.hub.line.VendorLine;
import fr.sas.hub.line.VendorLines;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.ConnectorSettings;
import fr.sas.hub.vendor.Flow;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Service;

/**
 * Fetches what vendors publish as files: the manifest at {@code <baseUrl>/$bulk-publish} and the files it lists. Knows
 * HTTP, not the files' contents.
 */
@Service
public class PublishedFiles {

    private static final Pattern MAX_AGE = Pattern.compile("max-age\\s*=\\s*(\\d{1,9})");
    private static final int LARGEST_MANIFEST = 5 << 20;
    private static final int CHUNK = 64 * 1024;
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Vendors vendors;
    private final VendorLines lines;
    private final VendorClients clients;
    private final ConnectorSettings settings;
    private final Clock clock;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("published-files").daemon().factory());

    PublishedFiles(Vendors vendors, VendorLines lines, VendorClients clients, ConnectorSettings settings, Clock clock) {
        this.vendors = vendors;
        this.lines = lines;
        this.clients = clients;
        this.settings = settings;
        this.clock = clock;
    }

    /** The outcome of requesting a manifest. */
    public sealed interface Manifest {

        /** @param maxAge for how long, according to the vendor, requesting it again is useless */
        record Fetched(byte[] body, @Nullable String etag, Duration maxAge) implements Manifest {}

        /** 304: unchanged since the given ETag. */
        record Unchanged(Duration maxAge) implements Manifest {}

        record Failed(Answer.Trouble trouble) implements Manifest {}
    }

    /** Something could not be fetched. */
    public static final class NotFetched extends Exception {
        private final Answer.Trouble trouble;

        NotFetched(Answer.Kind kind, String detail) {
            super(detail);
            this.trouble = new Answer.Trouble(kind, detail);
        }

        public Answer.Trouble trouble() {
            return trouble;
        }
    }

    /** How often the vendor's manifest is fetched; empty if the vendor does not publish, or must not be asked now. */
    public Optional<Duration> every(Source source) {
        return vendors.descriptor(source)
                .filter(descriptor -> descriptor.isAsked() && descriptor.serves(Flow.BULK_PUBLISH))
                .filter(descriptor -> lines.find(source)
                        .map(line -> descriptor.status() != Vendor.Status.PAUSED
                                && !clock.instant().isBefore(line.quietUntil()))
                        .orElse(false))
                .map(descriptor -> descriptor.poll().every());
    }

    /**
     * Fetches the manifest.
     *
     * @param etag of the last manifest processed; null to fetch it unconditionally
     * @param since the transactionTime of the last one processed, to fetch only what changed; null for everything
     */
    public Manifest manifest(Source source, @Nullable String etag, @Nullable String since) {
        VendorLine line = line(source);
        URI address = URI.create(
                address(source) + (since == null ? "" : "?_since=" + URLEncoder.encode(since, StandardCharsets.UTF_8)));
        Map<String, String> headers = new HashMap<>(Map.of("Accept", MediaType.APPLICATION_JSON_VALUE));
        if (etag != null) {
            headers.put("If-None-Match", etag);
        }
        try {
            HttpResponse<InputStream> response = open(line, address, headers);
            try (InputStream body = response.body();
                    Watched watched = watch(body, line.descriptor().poll().timeout())) {
                if (response.statusCode() == 304) {
                    return new Manifest.Unchanged(maxAge(response));
                }
                check(response, address);
                byte[] bytes = unzipped(response, body).readNBytes(LARGEST_MANIFEST + 1);
                if (watched.isOver()) {
                    return new Manifest.Failed(
                            new Answer.Trouble(Answer.Kind.TIMED_OUT, "the manifest did not arrive in time"));
                }
                if (bytes.length > LARGEST_MANIFEST) {
                    return new Manifest.Failed(
                            new Answer.Trouble(Answer.Kind.TOO_LARGE, "a manifest larger than 5 MB"));
                }
                return new Manifest.Fetched(
                        bytes, response.headers().firstValue("ETag").orElse(null), maxAge(response));
            }
        } catch (NotFetched e) {
            return new Manifest.Failed(e.trouble());
        } catch (IOException e) {
            return new Manifest.Failed(
                    new Answer.Trouble(Answer.Kind.UNREACHABLE, "the manifest was cut off: " + e.getMessage()));
        }
    }

    /**
     * Writes one published file to disk, decompressed, as it arrives.
     *
     * @param most the number of bytes still allowed
     * @return its length in bytes
     */
    public long save(Source source, URI file, Path into, long most) throws NotFetched {
        VendorLine line = line(source);
        HttpResponse<InputStream> response = open(line, file, Map.of("Accept", FhirMediaTypes.NDJSON));
        try (InputStream body = response.body();
                Watched watched = watch(body, settings.fileTimeout());
                Disk out = new Disk(into)) {
            check(response, file);
            InputStream in = unzipped(response, body);
            byte[] chunk = new byte[CHUNK];
            long bytes = 0;
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                bytes += read;
                if (bytes > most) {
                    throw new NotFetched(
                            Answer.Kind.TOO_LARGE, "the files exceed " + settings.maxPublication() + " in " + "total");
                }
                out.write(chunk, 0, read);
            }
            if (watched.isOver()) {
                throw new NotFetched(
                        Answer.Kind.TIMED_OUT, file.getPath() + " did not arrive in " + settings.fileTimeout());
            }
            return bytes;
        } catch (IOException e) {
            throw new NotFetched(Answer.Kind.PAGE_LOST, file.getPath() + " was cut off: " + e.getMessage());
        }
    }

    /** The disk a file is written to: a failure here is not the vendor's fault. */
    private static final class Disk implements AutoCloseable {

        private final OutputStream file;

        Disk(Path path) throws NotFetched {
            try {
                file = Files.newOutputStream(path);
            } catch (IOException e) {
                throw full(e);
            }
        }

        void write(byte[] bytes, int from, int length) throws NotFetched {
            try {
                file.write(bytes, from, length);
            } catch (IOException e) {
                throw full(e);
            }
        }

        @Override
        public void close() throws NotFetched {
            try {
                file.close();
            } catch (IOException e) {
                throw full(e);
            }
        }

        private static NotFetched full(IOException e) {
            return new NotFetched(Answer.Kind.HUB_FAILED, "the hub cannot store what it fetches: " + e.getMessage());
        }
    }

    /** The address of the vendor's manifest, against which its relative URLs are resolved. */
    public String address(Source source) {
        return line(source).descriptor().baseUrl() + "/$bulk-publish";
    }

    /** For all files of one publication, decompressed. */
    public long mostBytes() {
        return settings.maxPublication().toBytes();
    }

    /** Records the outcome of asking the vendor, which decides whether the hub backs off from it. */
    public void settle(Source source, Instant askedAt, Answer answer) {
        lines.find(source).ifPresent(line -> {
            line.complete(answer, null, Duration.between(askedAt, clock.instant()), null);
            line.judge(answer, askedAt, null);
        });
    }

    private VendorLine line(Source source) {
        return lines.find(source).orElseThrow(() -> new IllegalStateException(source + " left in the meantime"));
    }

    /** Follows redirects, but only to targets that the manifest itself could have named. */
    private HttpResponse<InputStream> open(VendorLine line, URI address, Map<String, String> headers)
            throws NotFetched {
        URI next = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<InputStream> response = openOnce(line, next, headers);
            String location = response.headers().firstValue("Location").orElse(null);
            if (location == null || !REDIRECTS.contains(response.statusCode())) {
                return response;
            }
            try {
                response.body().close();
                next = next.resolve(location);
            } catch (IOException | IllegalArgumentException e) {
                throw new NotFetched(Answer.Kind.REFUSED, address.getPath() + " redirects to no address");
            }
        }
        throw new NotFetched(
                Answer.Kind.REFUSED, address.getPath() + " redirects more than " + MOST_REDIRECTS + " times");
    }

    private HttpResponse<InputStream> openOnce(VendorLine line, URI address, Map<String, String> headers)
            throws NotFetched {
        boolean own = sameOrigin(line.descriptor().baseUrl(), address);
        if (!own && line.descriptor().filesFrom().stream().noneMatch(origin -> sameOrigin(origin, address))) {
            throw new NotFetched(
                    Answer.Kind.REFUSED,
                    "a published file is on another server, which the descriptor's filesFrom does not name: "
                            + address.getHost());
        }
        Duration timeout = line.descriptor().poll().timeout();
        try {
            return clients.to(line).open(address, own, headers, timeout);
        } catch (java.net.http.HttpTimeoutException e) {
            throw new NotFetched(Answer.Kind.TIMED_OUT, address.getPath() + ": no answer in time");
        } catch (IOException e) {
            throw new NotFetched(
                    Answer.Kind.UNREACHABLE,
                    address.getPath() + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotFetched(Answer.Kind.HUB_FAILED, "the hub is stopping");
        }
    }

    private static void check(HttpResponse<?> response, URI address) throws NotFetched {
        int status = response.statusCode();
        if (status != 200) {
            throw new NotFetched(
                    status >= 500 ? Answer.Kind.VENDOR_ERROR : Answer.Kind.REFUSED,
                    address.getPath() + ": HTTP " + status);
        }
    }

    private static InputStream unzipped(HttpResponse<?> response, InputStream body) throws IOException {
        return response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip")
                ? new GZIPInputStream(body, CHUNK)
                : body;
    }

    private static Duration maxAge(HttpResponse<?> response) {
        Matcher said =
                MAX_AGE.matcher(response.headers().firstValue("Cache-Control").orElse(""));
        return said.find() ? Duration.ofSeconds(Long.parseLong(said.group(1))) : Duration.ZERO;
    }

    private static boolean sameOrigin(URI a, URI b) {
        return a.getScheme().equalsIgnoreCase(String.valueOf(b.getScheme()))
                && a.getHost().equalsIgnoreCase(String.valueOf(b.getHost()))
                && port(a) == port(b);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    /** Closes a body that trickles for too long, so that its reader is not blocked. */
    private Watched watch(InputStream body, Duration longest) {
        return new Watched(body, longest);
    }

    private final class Watched implements AutoCloseable {

        private final ScheduledFuture<?> alarm;
        private volatile boolean over;

        Watched(InputStream body, Duration longest) {
            alarm = watch.schedule(
                    () -> {
                        over = true;
                        try {
                            body.close();
                        } catch (IOException e) {
                            // the reader gets the same error
                        }
                    },
                    longest.toMillis(),
                    TimeUnit.MILLISECONDS);
        }

        boolean isOver() {
            return over;
        }

        @Override
        public void close() {
            alarm.cancel(false);
        }
    }
}
