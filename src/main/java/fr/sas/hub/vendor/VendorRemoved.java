package fr.sas.hub.vendor;

import fr.sas.hub.slot.Source;

/** A descriptor was removed: the vendor takes its slots with it (DOMAIN §7.7). */
public record VendorRemoved(Source source) {}
