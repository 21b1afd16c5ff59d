package fr.sas.hub.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Descriptors of vendors, dropped into the folder that a hub under test watches. */
public final class Descriptor {

    private final String vendor;
    private String status = "live";
    private String baseUrl = "http://localhost:1/nobody";
    private String flows = "individual";
    private String mode = "";
    private String roster = "roster: declared\n";
    private String poll = "";
    private String quirks = "";
    private String accounts = "";

    private Descriptor(String vendor) {
        this.vendor = vendor;
    }

    /** Live, at an address where nobody listens, asking for nobody, until told otherwise. */
    public static Descriptor of(String vendor) {
        return new Descriptor(vendor);
    }

    public Descriptor status(String status) {
        this.status = status;
        return this;
    }

    /** Such as {@code push}. */
    public Descriptor mode(String mode) {
        this.mode = "mode: " + mode + "\n";
        return this;
    }

    public Descriptor at(String baseUrl) {
        this.baseUrl = baseUrl;
        return this;
    }

    /** Such as {@code "individual, cpts"}. */
    public Descriptor flows(String flows) {
        this.flows = flows;
        return this;
    }

    /** National ids. */
    public Descriptor roster(String... subjects) {
        this.roster =
                Stream.of(subjects).map(id -> "'" + id + "'").collect(Collectors.joining(", ", "roster: [", "]\n"));
        return this;
    }

    /** Asking for those whom the vendor knows: no roster is given. */
    public Descriptor withoutRoster() {
        this.roster = "";
        return this;
    }

    /** One setting of {@code poll}, such as {@code every: 1s}. */
    public Descriptor poll(String setting) {
        this.poll += "  " + setting + "\n";
        return this;
    }

    public Descriptor quirks(String quirks) {
        this.quirks = "quirks: [" + quirks + "]\n";
        return this;
    }

    /** It is told of regulators' accounts. */
    public Descriptor takesAccounts() {
        this.accounts = "accounts: true\n";
        return this;
    }

    public String yaml() {
        return "vendor: " + vendor + "\nname: " + vendor + "\nstatus: " + status + "\nbaseUrl: " + baseUrl
                + "\nflows: [" + flows + "]\n" + mode + (poll.isEmpty() ? "" : "poll:\n" + poll) + quirks + accounts
                + roster;
    }

    public void dropInto(Path connectors) {
        try {
            Files.writeString(connectors.resolve(vendor + ".yaml"), yaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Into the folder, and waits until the hub has seen it, unless it knows somebody by this name already. */
    public void joins(Path connectors, int port) {
        dropInto(connectors);
        HubClient ops = HubClient.at(port).as("test-ops");
        await().until(() -> ops.get("/api/v1/connectors/" + vendor).statusCode() == 200);
    }

    /** Out of the folder, and waits until the hub has seen it: whoever joins by this name next is not about to leave. */
    public void leaves(Path connectors, int port) {
        removeFrom(connectors);
        HubClient ops = HubClient.at(port).as("test-ops");
        await().until(() -> ops.get("/api/v1/connectors/" + vendor).statusCode() == 404);
    }

    public void removeFrom(Path connectors) {
        try {
            Files.deleteIfExists(connectors.resolve(vendor + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
