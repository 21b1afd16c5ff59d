package fr.sas.hub.search;

import fr.sas.hub.directory.Facility;
import fr.sas.hub.search.resource.LogicalIds;
import fr.sas.hub.search.resource.ResourceWriter;
import org.jspecify.annotations.Nullable;

/** An organization to be called for practitioners who participate through it; {@code id} is its logical id. */
record ShelvedStructure(String id, BundleEntry organization) {

    static @Nullable ShelvedStructure of(@Nullable Facility structure) {
        if (structure == null) {
            return null;
        }
        String id = LogicalIds.organization(structure.id().value());
        return new ShelvedStructure(id, BundleEntry.included("Organization", id, ResourceWriter.structure(structure)));
    }
}
