package fr.sas.hub.regulator;

import fr.sas.hub.database.EditedRow;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.annotations.OptimisticLock;
import org.jspecify.annotations.Nullable;

/** A regulator as last sent by the platform. A login does not count as a change. */
@Entity
@Table(name = "regulator_account")
class RegulatorAccount extends EditedRow<UUID> {

    @Id
    private UUID id;

    @AttributeOverride(name = "id", column = @Column(name = "id", insertable = false, updatable = false))
    private Regulator regulator;

    private Instant changedAt;
    private String changedBy;

    @OptimisticLock(excluded = true)
    private @Nullable Instant loggedInAt;

    protected RegulatorAccount() {}

    RegulatorAccount(Regulator regulator, String by, Instant now) {
        this.id = regulator.id();
        change(regulator, by, now);
    }

    final void change(Regulator changed, String by, Instant now) {
        regulator = changed;
        changedAt = now.truncatedTo(ChronoUnit.MICROS);
        changedBy = by;
    }

    void login(Instant now) {
        loggedInAt = now.truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public UUID getId() {
        return id;
    }

    Regulator regulator() {
        return regulator;
    }

    Instant changedAt() {
        return changedAt;
    }

    String changedBy() {
        return changedBy;
    }

    @Nullable
    Instant loggedInAt() {
        return loggedInAt;
    }
}
