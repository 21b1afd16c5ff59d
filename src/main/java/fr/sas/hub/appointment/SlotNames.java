package fr.sas.hub.appointment;

/** The name of a slot within a reference: {@code Slot/a1}, {@code https://vendor.example/fhir/Slot/a1/_history/3}, {@code a1}. */
final class SlotNames {

    private SlotNames() {}

    static String of(String reference) {
        int history = reference.indexOf("/_history/");
        String plain = history < 0 ? reference : reference.substring(0, history);
        return plain.substring(plain.lastIndexOf('/') + 1);
    }
}
