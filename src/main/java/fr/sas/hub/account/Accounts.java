package fr.sas.hub.account;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The people who have signed in at least once, and those for whom an account was created. */
interface Accounts extends Repository<Account, UUID> {

    /** Keeps others from creating or changing an account with this id until the end of the transaction. */
    @Query(nativeQuery = true, value = "SELECT 1 FROM pg_advisory_xact_lock(hashtext('accounts'), hashtext(:id))")
    int lock(String id);

    Optional<Account> findById(UUID id);

    @Query("select a from Account a join a.identities i where i.issuer = :issuer and i.subject = :subject")
    Optional<Account> findByIdentity(String issuer, String subject);

    Optional<Account> findByEmail(String email);

    Optional<Account> findByPractitioner(String practitioner);

    Account save(Account account);

    Account saveAndFlush(Account account);
}
