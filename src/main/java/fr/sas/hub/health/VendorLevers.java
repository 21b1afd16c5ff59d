package fr.sas.hub.health;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Reason;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.Descriptors;
import fr.sas.hub.vendor.Overrides;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What operators do to a vendor, over HTTP or from the console: a single entry point (docs/decisions/0025). */
@Service
public class VendorLevers {

    private final VendorActions actions;
    private final Overrides overrides;
    private final Descriptors descriptors;

    VendorLevers(VendorActions actions, Overrides overrides, Descriptors descriptors) {
        this.actions = actions;
        this.overrides = overrides;
        this.descriptors = descriptors;
    }

    /** @param action in lower case; {@code by} and {@code reason} as recorded */
    public record OperatorAction(Instant at, String action, String by, String reason) {}

    /**
     * In effect on this node on return, on the others within a second.
     *
     * @param action pause, resume, ask-now, trial, live or forget-breaker
     * @param subjects for ask-now only; empty for everyone the vendor is polled for
     * @throws InvalidInput without a reason
     * @throws NotFound if there is no such vendor or action
     */
    public void perform(Source source, String action, List<Subject> subjects, String by, @Nullable String reason) {
        actions.perform(source, kind(action), subjects, by, Reason.read(reason));
        descriptors.applyOverrides();
    }

    /** Newest first. */
    public List<OperatorAction> done(Source source) {
        return overrides.actions(source).stream()
                .map(one -> new OperatorAction(one.at(), one.action(), one.by(), one.reason()))
                .toList();
    }

    /** The file in force; empty for an unknown vendor. It names secrets but never contains them. */
    public Optional<String> descriptor(Source source) {
        return descriptors.lastGood(source);
    }

    private static VendorActions.Kind kind(String action) {
        try {
            return VendorActions.Kind.valueOf(action.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new NotFound("There is no action " + action, "Cette action n'existe pas.");
        }
    }
}
