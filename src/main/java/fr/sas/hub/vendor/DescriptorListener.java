package fr.sas.hub.vendor;

import fr.sas.hub.slot.Source;

/**
 * Applies a descriptor: to the line, the subjects to query, the route. Called in {@code @Order}, once when the
 * descriptor comes into force and again whenever it changes.
 */
public interface DescriptorListener {

    void inForce(VendorDescriptor descriptor);

    void onVendorRemoved(Source source);

    /** An operator changed the vendor's status, or it became or ceased to be doubted; the file is unchanged. */
    default void overruled(VendorDescriptor descriptor) {}

    /** An operator requests that the vendor's failures be forgotten. */
    default void forgetFailures(Source source) {}
}
