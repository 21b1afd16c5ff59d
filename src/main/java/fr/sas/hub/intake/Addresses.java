package fr.sas.hub.intake;

import fr.sas.hub.directory.Phones;
import java.time.ZoneId;
import java.util.List;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Addresses and phones as vendors send them. */
final class Addresses {

    private Addresses() {}

    /** The lines as one; null when there is none. */
    static @Nullable String line(Address address) {
        StringBuilder line = new StringBuilder();
        for (StringType part : address.getLine()) {
            String text = blankToNull(part.getValue());
            if (text != null) {
                line.append(line.isEmpty() ? "" : ", ").append(text);
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** The first certain phone number among these; null, and noted, when there are numbers and none is certain. */
    static @Nullable String phone(List<ContactPoint> telecom, ZoneId zone, Runnable leftOut) {
        boolean any = false;
        for (ContactPoint point : telecom) {
            boolean isPhone = !point.hasSystem()
                    || point.getSystem() == ContactPoint.ContactPointSystem.PHONE
                    || point.getSystem() == ContactPoint.ContactPointSystem.SMS;
            if (isPhone && point.hasValue()) {
                any = true;
                String certain = Phones.normalise(point.getValue(), zone).orElse(null);
                if (certain != null) {
                    return certain;
                }
            }
        }
        if (any) {
            leftOut.run();
        }
        return null;
    }
}
