package fr.sas.hub.vendor;

/** The content of the folder's file for one vendor. */
sealed interface DescriptorFile {

    /** Not yet parsed. */
    record Text(String text) implements DescriptorFile {}

    /**
     * Cannot be parsed.
     *
     * @param line counts from 1
     */
    record Unreadable(int line, String reason) implements DescriptorFile {}
}
