package fr.sas.hub.connector;

import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A descriptor in force: {@code connectors/<id>.yaml}, understood (DESIGN §3). */
record VendorDescriptor(
        Source source,
        String name,
        Vendor.Status status,
        Vendor.Mode mode,
        URI baseUrl,
        Set<Flow> flows,
        Auth auth,
        Poll poll,
        Set<Quirk> quirks,
        Roster roster,
        List<URI> filesFrom,
        boolean accounts) {

    /** @param secret name of the secret; @param sslBundle name of the Spring SSL bundle; never a value */
    record Auth(
            Type type, @Nullable String secret, @Nullable String sslBundle) {
        enum Type {
            NONE,
            BEARER,
            BASIC,
            MTLS
        }
    }

    record Poll(
            Duration every,
            Duration idleEvery,
            Duration horizon,
            int practitionersPerCall,
            int associationsPerCall,
            int concurrency,
            Duration timeout,
            int maxRequestsPerSecond) {}

    /** Whom to ask for. */
    sealed interface Roster {
        record Declared() implements Roster {}

        record Everyone() implements Roster {}

        record Listed(Set<Subject> subjects) implements Roster {}
    }

    Vendor vendor() {
        return new Vendor(source, name, status, accounts);
    }

    boolean isAsked() {
        return mode != Vendor.Mode.PUSH;
    }

    /** Asked about practitioners or associations, and not for files. */
    boolean isAskedBySubject() {
        return isAsked() && !serves(Flow.BULK_PUBLISH);
    }

    boolean serves(Flow flow) {
        return flows.contains(flow);
    }
}
