package fr.sas.hub.vendor;

/** What lies in the folder under a vendor's name. */
sealed interface DescriptorFile {

    /** Not yet understood. */
    record Text(String text) implements DescriptorFile {}

    /**
     * Nothing that could be understood.
     *
     * @param line counts from 1
     */
    record Unreadable(int line, String reason) implements DescriptorFile {}
}
