package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;

interface AccountManagerRows extends JpaRepository<AccountManager, UUID> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<AccountManager> findLockedById(UUID id);

    boolean existsByEmail(EmailAddress email);

    Optional<AccountManager> findByEmail(EmailAddress email);

    List<AccountManager> findAllByOrderByFamilyAscGivenAscIdAsc();
}
