package fr.sas.hub.index;

import fr.sas.hub.vendor.Vendor;

/** A vendor as far as answers depend on it; what {@link AnswerInputsJournal} keeps of it. */
record VendorThen(Vendor.Status status, boolean shown, boolean doubted) {

    static VendorThen of(Vendor vendor) {
        return new VendorThen(vendor.status(), vendor.isShown(), vendor.isDoubted());
    }
}
