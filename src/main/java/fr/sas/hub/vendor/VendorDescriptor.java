package fr.sas.hub.vendor;

import fr.sas.hub.slot.Quirk;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor in force: {@code connectors/<id>.yaml}, parsed (DESIGN §3), with operators' changes.
 *
 * @param status in force
 * @param operationalState what is not in the file
 */
public record VendorDescriptor(
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
        boolean accounts,
        OperationalState operationalState) {

    /**
     * What is not in the file.
     *
     * @param declared the status in the file
     * @param shown whether its slots may appear in answers
     * @param doubted whether its slots turned out to be gone too often: it is then queried twice as often
     */
    record OperationalState(Vendor.Status declared, boolean shown, boolean doubted) {
        static OperationalState of(Vendor.Status declared) {
            return new OperationalState(declared, declared != Vendor.Status.TRIAL, false);
        }
    }

    public Vendor.Status declared() {
        return operationalState.declared;
    }

    public boolean shown() {
        return operationalState.shown;
    }

    boolean doubted() {
        return operationalState.doubted;
    }

    /** With operators' changes applied; an override made when another status was declared has no effect. */
    VendorDescriptor with(@Nullable StatusOverride override, boolean doubtedNow) {
        StatusOverride valid = override != null && override.declared() == declared() ? override : null;
        Vendor.Status said = valid == null || valid.status() == null ? declared() : valid.status();
        return new VendorDescriptor(
                source,
                name,
                valid != null && valid.paused() ? Vendor.Status.PAUSED : said,
                mode,
                baseUrl,
                flows,
                auth,
                poll,
                quirks,
                roster,
                filesFrom,
                accounts,
                new OperationalState(declared(), said != Vendor.Status.TRIAL, doubtedNow));
    }

    /** How often subjects in demand are queried. */
    public Duration every() {
        return doubted() ? poll.every().dividedBy(2) : poll.every();
    }

    /**
     * @param secret name of the secret, never a value
     * @param sslBundle name of the Spring SSL bundle
     */
    public record Auth(
            Type type, @Nullable String secret, @Nullable String sslBundle) {
        public enum Type {
            NONE,
            BEARER,
            BASIC,
            MTLS
        }
    }

    public record Poll(
            Duration every,
            Duration idleEvery,
            Duration seekEvery,
            Duration horizon,
            int practitionersPerCall,
            int associationsPerCall,
            int concurrency,
            Duration timeout,
            int maxRequestsPerSecond) {}

    /** The subjects to query (docs/decisions/0037). */
    public sealed interface Roster {
        /** The subjects that the vendor turns out to know, of the whole directory; the default. */
        record Learnt() implements Roster {}

        record Declared() implements Roster {}

        record Everyone() implements Roster {}

        record Listed(Set<Subject> subjects) implements Roster {}
    }

    Vendor vendor() {
        return new Vendor(source, name, status, shown(), doubted(), accounts);
    }

    public boolean isAsked() {
        return mode != Vendor.Mode.PUSH;
    }

    /** Queried by practitioner or association, as opposed to files. */
    public boolean isAskedBySubject() {
        return isAsked() && !serves(Flow.BULK_PUBLISH);
    }

    /** Whether it is queried to find out whom it knows. */
    public boolean seeks() {
        return roster instanceof Roster.Learnt && isAskedBySubject();
    }

    public boolean serves(Flow flow) {
        return flows.contains(flow);
    }
}
