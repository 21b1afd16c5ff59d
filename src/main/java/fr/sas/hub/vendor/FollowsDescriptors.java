package fr.sas.hub.vendor;

import fr.sas.hub.slot.Source;

/**
 * Who makes of a descriptor what it says: its line, whom it is asked for, its route. Told in the order of {@code @Order},
 * once when the descriptor comes in force, again whenever it changes.
 */
public interface FollowsDescriptors {

    void inForce(VendorDescriptor descriptor);

    void left(Source source);

    /** An operator changed the vendor's status, or it is doubted, or not any more; the file says what it said. */
    default void overruled(VendorDescriptor descriptor) {}

    /** An operator wants the vendor's failures forgotten. */
    default void forgetFailures(Source source) {}
}
