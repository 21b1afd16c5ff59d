package fr.sas.hub.intake;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;

import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorSlot;

/** What a vendor delivers of one practitioner, at one place. */
final class AliceDelivery {

    static final String ALICE = "810001234567";

    private AliceDelivery() {}

    static VendorBundle one(VendorSlot slot) {
        return aBundle()
                .with(aPractitioner(ALICE, "DURAND", "Alice")
                        .at(aPlace("1750000001").slot(slot)));
    }
}
