package fr.sas.hub.vendor;

import fr.sas.hub.slot.Source;

/** A descriptor came into force, or changed its status. */
public record VendorChanged(Source source, Vendor.Status status) {}
