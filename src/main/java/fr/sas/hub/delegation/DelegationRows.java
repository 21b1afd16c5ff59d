package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.transaction.annotation.Transactional;

interface DelegationRows extends JpaRepository<DelegationRow, UUID> {

    /** Serializes changes of one practitioner's or centre's delegations until the end of the transaction. */
    @Query(
            nativeQuery = true,
            value = "SELECT 1 FROM pg_advisory_xact_lock(hashtext('delegations'), hashtext(:subject))")
    int lock(String subject);

    Optional<DelegationRow> findByIdAndSubject(UUID id, Subject subject);

    /** The one that is requested or accepted. */
    @Query(
            "SELECT d FROM DelegationRow d WHERE d.subject = :subject AND d.delegate.email = :email AND d.state IN (REQUESTED, ACCEPTED)")
    Optional<DelegationRow> findOpen(Subject subject, EmailAddress email);

    /** Those that are requested or accepted, oldest first. */
    @Query(
            "SELECT d FROM DelegationRow d WHERE d.delegate.email = :email AND d.state IN (REQUESTED, ACCEPTED) ORDER BY d.id")
    List<DelegationRow> listOpen(EmailAddress email);

    boolean existsBySubjectAndDelegateEmailAndState(Subject subject, EmailAddress email, Delegation.State state);

    boolean existsByDelegateEmailAndState(EmailAddress email, Delegation.State state);

    List<DelegationRow> findByDelegateEmailAndStateOrderById(EmailAddress email, Delegation.State state);

    List<DelegationRow> findBySubjectOrderByIdDesc(Subject subject);

    /** The instants of the requests, oldest first. */
    @Query(
            "SELECT d.requested.at FROM DelegationRow d WHERE d.subject = :subject AND d.requested.at > :since ORDER BY d.requested.at")
    List<Instant> listRequestedSince(Subject subject, Instant since);

    /**
     * Oldest first.
     *
     * @param state null for all
     * @param email of the delegate; null for all
     * @param where postal codes of the practitioners' places of work and of the centres; null for any
     * @param after null for the first page
     */
    @Query(nativeQuery = true, value = """
            SELECT * FROM delegation_delegation d
            WHERE (CAST(:where AS text) IS NULL OR EXISTS (
              SELECT 1 FROM directory_postal_code p WHERE p.id = d.subject AND p.postal_code ~ :where))
            AND (CAST(:state AS text) IS NULL OR d.state = :state)
            AND (CAST(:email AS text) IS NULL OR d.email = :email)
            AND (CAST(:after AS uuid) IS NULL OR d.id > :after)
            ORDER BY d.id LIMIT :atMost""")
    List<DelegationRow> list(
            @Nullable String state, @Nullable String email, @Nullable String where, @Nullable UUID after, int atMost);

    @Transactional
    @Modifying
    @Query("DELETE FROM DelegationRow d WHERE d.state IN (REFUSED, REVOKED) AND d.changed.at < :instant")
    void deleteEndedBefore(Instant instant);
}
