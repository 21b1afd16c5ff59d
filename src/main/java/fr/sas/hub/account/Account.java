package fr.sas.hub.account;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.delegation.AccountManagerMoved;
import fr.sas.hub.delegation.Territory;
import fr.sas.hub.slot.PractitionerId;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in, or is expected to. For whom they may act is not stored: directory and delegations are asked
 * each time.
 */
@Entity
@Table(name = "account_account")
class Account {

    @Id
    private UUID id;

    @Version
    private long version;

    private @Nullable String email;

    /** The last address that a provider vouched for; null if there is none yet. */
    private @Nullable String verifiedEmail;

    private @Nullable String practitioner;

    private String family;

    private String given;

    private Instant createdAt;

    private @Nullable Instant lastSignInAt;

    private @Nullable Instant closedAt;

    private @Nullable String termsVersion;

    private @Nullable Instant termsAcceptedAt;

    private String[] roles = {};

    private String[] territories = {};

    /** Counts changes made by others; a sign-in is not counted. */
    private long revision = 1;

    private Instant changedAt;

    private String changedBy;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "account_identity", joinColumns = @JoinColumn(name = "account"))
    private Set<ProviderSubject> identities = new HashSet<>();

    /** How one provider identifies a person. */
    @Embeddable
    record ProviderSubject(
            String issuer, @Column(name = "subject") String subject) {}

    protected Account() {}

    Account(UUID id, Identity identity, @Nullable EmailAddress address, Instant now) {
        this.id = id;
        this.createdAt = now;
        this.family = identity.family();
        this.given = identity.given();
        this.lastSignInAt = now;
        this.changedAt = now;
        this.changedBy = Authorship.current().toString();
        signIn(identity, address, now);
    }

    /** For an account created by others, before anyone has signed in. */
    Account(UUID id, AccountInput input, Instant now) {
        this.id = id;
        this.createdAt = now;
        this.family = input.family();
        this.given = input.given();
        this.changedAt = now;
        this.changedBy = Authorship.current().toString();
        take(input);
    }

    private void take(AccountInput input) {
        email = input.email().value();
        family = input.family();
        given = input.given();
        roles = input.roles().stream().map(AccountRole::code).toArray(String[]::new);
        territories = input.territories().stream().map(Territory::code).toArray(String[]::new);
    }

    void change(AccountInput input, Instant now) {
        take(input);
        stamp(now);
    }

    void move(AccountManagerMoved moved, Instant now) {
        email = moved.to().value();
        family = moved.family();
        given = moved.given();
        stamp(now);
    }

    void close(Instant now) {
        closedAt = now;
        stamp(now);
    }

    void reopen(Instant now) {
        closedAt = null;
        stamp(now);
    }

    private void stamp(Instant now) {
        revision++;
        changedAt = now;
        changedBy = Authorship.current().toString();
    }

    long revision() {
        return revision;
    }

    /**
     * Takes over what the provider says now and keeps what it leaves out. An address that it vouched for before does
     * not replace one that others have entered here since.
     *
     * @param address verified; null to keep the present one
     */
    final void signIn(Identity identity, @Nullable EmailAddress address, Instant now) {
        identities.add(new ProviderSubject(identity.issuer(), identity.subject()));
        if (address != null) {
            email = movesTo(address) ? address.value() : email;
            verifiedEmail = address.value();
        }
        if (identity.practitioner() != null) {
            practitioner = identity.practitioner().value();
        }
        family = identity.family().isEmpty() ? family : identity.family();
        given = identity.given().isEmpty() ? given : identity.given();
        lastSignInAt = now;
    }

    /**
     * Whether the provider vouches for an address that is neither the one it vouched for before nor the present one.
     */
    final boolean movesTo(EmailAddress address) {
        return email == null
                || (!address.value().equals(email) && !address.value().equals(verifiedEmail));
    }

    /** Null while no provider has vouched for the present address, which then gives no rights. */
    @Nullable
    EmailAddress verifiedEmail() {
        return email != null && email.equals(verifiedEmail) ? new EmailAddress(email) : null;
    }

    /** The subjects by which a provider knows this person. */
    List<String> subjectsAt(String issuer) {
        return identities.stream()
                .filter(identity -> identity.issuer().equals(issuer))
                .map(ProviderSubject::subject)
                .sorted()
                .toList();
    }

    void isKnownAs(String issuer, String subject) {
        identities.add(new ProviderSubject(issuer, subject));
    }

    void isNotKnownAs(String issuer, String subject) {
        identities.remove(new ProviderSubject(issuer, subject));
    }

    /** From now on the practitioner's card leads to another account. */
    void isNoPractitioner(Instant now) {
        practitioner = null;
        stamp(now);
    }

    /** The practitioner's card led to another account before. */
    void isPractitioner(PractitionerId id, Instant now) {
        practitioner = id.value();
        stamp(now);
    }

    void accept(String terms, Instant now) {
        termsVersion = terms;
        termsAcceptedAt = now;
    }

    /** The version accepted last; empty if none was. */
    Optional<Visitors.AcceptedTerms> terms() {
        return termsVersion == null || termsAcceptedAt == null
                ? Optional.empty()
                : Optional.of(new Visitors.AcceptedTerms(termsVersion, termsAcceptedAt));
    }

    boolean accepted(String terms) {
        return terms.equals(termsVersion);
    }

    /** Whether its owner operates the hub. */
    boolean isOps() {
        return Arrays.asList(roles).contains(AccountRole.OPS.code());
    }

    List<AccountRole> roles() {
        return Arrays.stream(roles)
                .flatMap(word -> AccountRole.named(word).stream())
                .toList();
    }

    boolean isClosed() {
        return closedAt != null;
    }

    UUID id() {
        return id;
    }

    @Nullable
    EmailAddress email() {
        return email == null ? null : new EmailAddress(email);
    }

    /** Null for anyone who is not a practitioner. */
    @Nullable
    PractitionerId practitioner() {
        return practitioner == null ? null : new PractitionerId(practitioner);
    }

    String family() {
        return family;
    }

    String given() {
        return given;
    }

    /** For a greeting; the address if no name is known. */
    String name() {
        String name = (given + " " + family).strip();
        return name.isEmpty() && email != null ? email : name;
    }
}
