package fr.sas.hub.delegation;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.database.EditedRow;
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
    record Details(EmailAddress email, String family, String given, Territories territories) {}

    protected AccountManager() {}

    AccountManager(Details typed, Instant now) {
        this.id = UuidCreator.getTimeOrderedEpoch(now);
        change(typed, now);
    }

    final void change(Details changed, Instant now) {
        email = changed.email();
        family = changed.family();
        given = changed.given();
        territories = changed.territories().codes().toArray(String[]::new);
        changedAt = now.truncatedTo(ChronoUnit.MICROS);
        changedBy = Authorship.current().toString();
    }

    void rename(String family, String given, Instant now) {
        if (!family.equals(this.family) || !given.equals(this.given)) {
            Details known = typed();
            change(new Details(known.email(), family, given, known.territories()), now);
        }
    }

    void move(EmailAddress to) {
        email = to;
    }

    @Override
    public UUID getId() {
        return id;
    }

    Details typed() {
        return new Details(
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
