package fr.sas.hub.testing;

import fr.sas.hub.testing.VendorBook.Doctor;
import fr.sas.hub.testing.VendorBook.Office;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** How carefully a fake vendor writes. */
public enum VendorHand {
    /** As the guide has it. */
    NEAT {
        @Override
        VendorPractitioner person(Doctor doctor) {
            return VendorBundle.aPractitioner(doctor.nationalId(), doctor.family(), doctor.given());
        }

        @Override
        VendorPlace place(Office office, int number) {
            VendorPlace place = VendorBundle.aPlace(office.structures().getFirst());
            return office.phone().isEmpty() ? place : place.phone(office.phone());
        }

        @Override
        VendorSlot slot(VendorSlot slot, Instant start, ZoneId zone, int draw) {
            return slot;
        }

        @Override
        VendorBundle bundle(VendorBundle bundle) {
            return bundle;
        }
    },

    /**
     * Identifiers without prefix, phones in every form, no total; half of the times without offset (descriptor quirk
     * {@code times-without-zone}), and here and there an entry that cannot be taken.
     */
    SLOPPY {
        private static final List<String> PHONES = List.of("%s", "0033 %s", "+33 (0)%s", "%s poste 12", "15", "null");

        @Override
        VendorPractitioner person(Doctor doctor) {
            return VendorBundle.aPractitioner(doctor.nationalId().substring(1), doctor.family(), doctor.given());
        }

        @Override
        VendorPlace place(Office office, int number) {
            String form = PHONES.get(Math.floorMod(office.line().hashCode() + number, PHONES.size()));
            String local = form.contains("33") ? office.phone().replaceFirst("^0", "") : office.phone();
            String phone = form.formatted(number % 2 == 0 ? local.replace(' ', '.') : local);
            VendorPlace place =
                    VendorBundle.aPlace(office.structures().getLast().substring(1));
            return office.phone().isEmpty() ? place : place.phone(phone);
        }

        @Override
        VendorSlot slot(VendorSlot slot, Instant start, ZoneId zone, int draw) {
            if (draw % 2 == 0) {
                slot.set("/start", LocalDateTime.ofInstant(start, zone) + ":00")
                        .set("/end", LocalDateTime.ofInstant(start.plus(FreeTimes.LENGTH), zone) + ":00");
            }
            return switch (draw) {
                case 1 -> slot.lasting(-20, java.time.temporal.ChronoUnit.MINUTES);
                case 3 -> slot.set("/schedule/reference", "Schedule/perdu");
                case 5 -> slot.audience();
                case 7 -> slot.set("/status", "busy");
                case 9 -> slot.from(start.minus(Duration.ofDays(7)));
                case 11, 13, 15 ->
                    slot.tamper(node -> node.putArray("extension")
                            .addObject()
                            .put("url", "https://brouillon.example/couleur")
                            .put("valueString", "bleu"));
                default -> slot;
            };
        }

        @Override
        VendorBundle bundle(VendorBundle bundle) {
            return bundle.remove("/total");
        }
    };

    /** How many different accidents {@code draw} tells apart. */
    static final int DRAWS = 40;

    abstract VendorPractitioner person(Doctor doctor);

    abstract VendorPlace place(Office office, int number);

    /** @param draw from 0 to {@link #DRAWS} - 1, always the same for the same slot */
    abstract VendorSlot slot(VendorSlot slot, Instant start, ZoneId zone, int draw);

    abstract VendorBundle bundle(VendorBundle bundle);
}
