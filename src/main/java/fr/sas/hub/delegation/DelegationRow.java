package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.database.EditedRow;
import fr.sas.hub.slot.Subject;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "delegation_delegation")
class DelegationRow extends EditedRow<UUID> {

    @Id
    private UUID id;

    private Subject subject;
    private Delegation.Delegate delegate;

    @Enumerated(EnumType.STRING)
    private Delegation.State state = Delegation.State.REQUESTED;

    private @Nullable String reason;

    @AttributeOverride(name = "at", column = @Column(name = "requested_at"))
    @AttributeOverride(name = "by", column = @Column(name = "requested_by"))
    private Delegation.Stamp requested;

    @AttributeOverride(name = "at", column = @Column(name = "changed_at"))
    @AttributeOverride(name = "by", column = @Column(name = "changed_by"))
    private Delegation.Stamp changed;

    protected DelegationRow() {}

    /** In the state requested. */
    DelegationRow(UUID id, Subject subject, Delegation.Delegate delegate, Delegation.Stamp requested) {
        this.id = id;
        this.subject = subject;
        this.delegate = delegate;
        this.requested = requested;
        this.changed = requested;
    }

    void transitionTo(Delegation.State next, @Nullable String why, Delegation.Stamp stamp) {
        state = next;
        reason = why;
        changed = stamp;
    }

    void move(EmailAddress to, Delegation.Stamp stamp) {
        delegate = new Delegation.Delegate(to, delegate.family(), delegate.given(), delegate.town());
        changed = stamp;
    }

    @Override
    public UUID getId() {
        return id;
    }

    Delegation delegation() {
        return new Delegation(id, subject, delegate, state, reason, version(), requested, changed);
    }
}
