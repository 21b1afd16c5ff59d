package fr.sas.hub.regulator;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface RegulatorAccountRows extends JpaRepository<RegulatorAccount, UUID> {

    /** Serialises concurrent creations of the same account. */
    @Query(nativeQuery = true, value = "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('regulator ' || :id, 0))")
    int lockBeforeItExists(String id);

    /** Locks until the end of the transaction: changes to and logins of one account are serialised. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<RegulatorAccount> findLockedById(UUID id);

    @Query("SELECT a FROM RegulatorAccount a WHERE a.regulator.nationalId IN :forms")
    List<RegulatorAccount> listByNationalId(Collection<String> forms);

    /** In whatever form it is written. */
    default Optional<RegulatorAccount> findByIdentifier(String written) {
        Optional<UUID> id = Regulator.IdentifierSpellings.uuid(written);
        if (id.isPresent()) {
            return findById(id.get());
        }
        List<String> forms = List.copyOf(Regulator.IdentifierSpellings.nationalForms(written));
        return listByNationalId(forms).stream()
                .min(Comparator.comparingInt(
                        account -> forms.indexOf(account.regulator().nationalId())));
    }
}
