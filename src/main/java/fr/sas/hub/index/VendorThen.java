package fr.sas.hub.index;

import fr.sas.hub.vendor.Vendor;

/** The properties of a vendor that answers depend on; {@link AnswerInputsJournal} records them. */
record VendorThen(Vendor.Status status, boolean shown, boolean doubted) {

    static VendorThen of(Vendor vendor) {
        return new VendorThen(vendor.status(), vendor.isShown(), vendor.isDoubted());
    }
}
