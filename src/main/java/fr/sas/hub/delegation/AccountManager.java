package fr.sas.hub.delegation;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.database.EditedRow;
import fr.sas.hub.slot.TimeOrderedIds;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;

/** Decides on delegations and names facility managers within their territories. */
@Entity
@Table(name = "delegation_account_manager")
class AccountManager extends EditedRow<UUID> {

    @Id
    private UUID id;

    private EmailAddress email;
    private String family;
    private String given;
    private String[] territories;
    private Instant changedAt;
    private String changedBy;

    /** An account manager's details as typed in, validated. */
    record Typed(EmailAddress email, String family, String given, Territories territories) {}

    protected AccountManager() {}

    AccountManager(Typed typed, Instant now) {
        this.id = TimeOrderedIds.next(now);
        change(typed, now);
    }

    final void change(Typed changed, Instant now) {
        email = changed.email();
        family = changed.family();
        given = changed.given();
        territories = changed.territories().codes().toArray(String[]::new);
        changedAt = now.truncatedTo(ChronoUnit.MICROS);
        changedBy = Authorship.current().toString();
    }

    void rename(String family, String given, Instant now) {
        if (!family.equals(this.family) || !given.equals(this.given)) {
            Typed known = typed();
            change(new Typed(known.email(), family, given, known.territories()), now);
        }
    }

    void move(EmailAddress to) {
        email = to;
    }

    @Override
    public UUID getId() {
        return id;
    }

    Typed typed() {
        return new Typed(
                email,
                family,
                given,
                Territories.of(Arrays.stream(territories).map(Territory::new).toList()));
    }

    Instant changedAt() {
        return changedAt;
    }

    /** Who last changed it, as {@link Authorship} spells it. */
    String changedBy() {
        return changedBy;
    }
}
