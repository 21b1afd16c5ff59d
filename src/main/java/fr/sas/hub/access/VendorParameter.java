package fr.sas.hub.access;

import fr.sas.hub.slot.Source;

/** Vendors as parameters of addresses, by their ids. */
public final class VendorParameter {

    private VendorParameter() {}

    /** @throws NotFound when no vendor can have this id; whether one has it is for the caller to find out */
    public static Source parse(String id) {
        return Source.parse(id).orElseThrow(() -> unknown(id));
    }

    public static NotFound unknown(String id) {
        return new NotFound("There is no vendor " + id, "Cet éditeur n'existe pas.");
    }
}
