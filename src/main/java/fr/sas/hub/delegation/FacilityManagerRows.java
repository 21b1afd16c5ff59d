package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.slot.StructureId;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface FacilityManagerRows extends JpaRepository<FacilityManagerRow, UUID> {

    boolean existsByEmail(EmailAddress email);

    boolean existsByEmailAndFacility(EmailAddress email, StructureId facility);

    /** For its removal: whoever removes it at the same time waits, and finds none. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<FacilityManagerRow> findByIdAndFacility(UUID id, StructureId facility);

    List<FacilityManagerRow> findByEmailOrderById(EmailAddress email);

    List<FacilityManagerRow> findByFacilityOrderByFamilyAscGivenAscIdAsc(StructureId facility);

    /**
     * Longest named first.
     *
     * @param email null for all
     * @param where postal codes of the facilities; null for any
     * @param after null for the first page
     */
    @Query(nativeQuery = true, value = """
            SELECT * FROM delegation_manager m
            WHERE (CAST(:where AS text) IS NULL OR EXISTS (
              SELECT 1 FROM directory_postal_code p
              WHERE p.kind = 'facility' AND p.id = m.facility AND p.postal_code ~ :where))
            AND (CAST(:email AS text) IS NULL OR m.email = :email)
            AND (CAST(:after AS uuid) IS NULL OR m.id > :after)
            ORDER BY m.id LIMIT :atMost""")
    List<FacilityManagerRow> list(@Nullable String email, @Nullable String where, @Nullable UUID after, int atMost);
}
