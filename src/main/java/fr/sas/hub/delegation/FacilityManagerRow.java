package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.database.EditedRow;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.StructureIdColumn;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "delegation_manager")
class FacilityManagerRow extends EditedRow<UUID> {

    @Id
    private UUID id;

    @Convert(converter = StructureIdColumn.class)
    private StructureId facility;

    private EmailAddress email;
    private String family;
    private String given;
    private Instant namedAt;
    private String namedBy;

    protected FacilityManagerRow() {}

    FacilityManagerRow(FacilityManagerView named) {
        this.id = named.id();
        this.facility = named.facility();
        this.email = named.email();
        this.family = named.family();
        this.given = named.given();
        this.namedAt = named.at();
        this.namedBy = named.by();
    }

    void rename(String family, String given) {
        this.family = family;
        this.given = given;
    }

    void move(EmailAddress to) {
        email = to;
    }

    @Override
    public UUID getId() {
        return id;
    }

    FacilityManagerView named() {
        return new FacilityManagerView(id, facility, email, family, given, namedAt, namedBy);
    }
}
