package fr.sas.hub.testing;

import fr.sas.hub.testing.VendorBook.Association;
import fr.sas.hub.testing.VendorBook.Community;
import fr.sas.hub.testing.VendorBook.Doctor;
import fr.sas.hub.testing.VendorBook.Office;
import fr.sas.hub.testing.VendorBook.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** Writes a fake vendor's answer to one question. */
final class VendorAnswers {

    private static final Doctor SOMEBODY_ELSE = new Doctor(
            "899999999999",
            "PERSONNE",
            "Jean",
            List.of(),
            List.of(new Office(List.of("1999999999"), "1 rue Perdue", "75001", "PARIS", "")));

    private final String id;
    private final VendorBook book;
    private final FreeTimes times;
    private final VendorHand hand;

    VendorAnswers(String id, VendorBook book, FreeTimes times, VendorHand hand) {
        this.id = id;
        this.book = book;
        this.times = times;
        this.hand = hand;
    }

    VendorBundle answer(VendorQuestion question, VendorMood mood) {
        VendorBundle bundle = switch (question.flow()) {
            case INDIVIDUAL -> VendorBundle.aBundle();
            case CPTS -> VendorBundle.aCptsBundle();
            case SOS -> VendorBundle.aSosBundle();
        };
        bundle.self(question.self());
        if (question.flow() == VendorQuestion.Flow.SOS) {
            book.associations(question.asked()).forEach(a -> bundle.with(association(a, question)));
        } else {
            book.doctors(question.asked()).forEach(doctor -> bundle.with(practitioner(doctor, question)));
        }
        if (mood instanceof VendorMood.Flooding flooding) {
            flood(bundle, question, flooding.slots());
        }
        if (mood instanceof VendorMood.Lying) {
            lie(bundle, question);
        }
        return hand.bundle(bundle);
    }

    private VendorPractitioner practitioner(Doctor doctor, VendorQuestion question) {
        VendorPractitioner practitioner = hand.person(doctor);
        for (int number = 0; number < doctor.offices().size(); number++) {
            Office office = doctor.offices().get(number);
            VendorPlace place = hand.place(office, number).address(office.line(), office.postalCode(), office.city());
            practitioner.at(place);
            for (Instant start : times.of(doctor.nationalId(), number, office.zone(), question.from(), question.to())) {
                place.slot(slot(doctor, number, office.zone(), start, question));
            }
        }
        return practitioner;
    }

    private VendorSlot slot(Doctor doctor, int number, ZoneId zone, Instant start, VendorQuestion question) {
        int draw = times.draw(doctor.nationalId() + "/slot", number, start, VendorHand.DRAWS);
        VendorSlot slot = VendorBundle.aVendorSlot()
                .from(start)
                .lasting(FreeTimes.LENGTH.toMinutes(), ChronoUnit.MINUTES)
                .writtenIn(zone)
                .audience(audience(draw, question))
                .mode(modes(draw))
                .appointmentType(draw % 10 == 0 ? "WALKIN" : "ROUTINE")
                .bookableAt("https://" + id + ".example/rdv/" + doctor.nationalId() + "/" + start.getEpochSecond());
        doctor.specialties().forEach(slot::specialty);
        if (draw % 4 == 0) {
            slot.reason("Consultation de soins non programmés");
        }
        if (question.flow() == VendorQuestion.Flow.CPTS) {
            communities(draw).forEach(c -> slot.of(VendorBundle.aCommunity(c.structure(), c.name())));
        }
        return hand.slot(slot, start, zone, draw);
    }

    /** Half of the slots belong to the first CPTS, some to all of them. */
    private List<Community> communities(int draw) {
        if (book.communities().isEmpty() || draw % 2 == 1) {
            return List.of();
        }
        return draw % 8 == 0 ? book.communities() : book.communities().subList(0, 1);
    }

    private String[] audience(int draw, VendorQuestion question) {
        if (question.flow() == VendorQuestion.Flow.CPTS && draw % 2 == 0) {
            return new String[] {"CPTS", "SNP"};
        }
        return switch (draw % 5) {
            case 0 -> new String[] {"SNP"};
            case 1 -> new String[] {"PUBLIC", "PRO"};
            case 2 -> new String[] {"PRO"};
            default -> new String[] {"PUBLIC"};
        };
    }

    private static String[] modes(int draw) {
        return switch (draw % 7) {
            case 0 -> new String[] {"AMB", "VR"};
            case 1 -> new String[] {"VR"};
            case 2 -> new String[] {"AMB", "HH"};
            default -> new String[] {"AMB"};
        };
    }

    private VendorAssociation association(Association association, VendorQuestion question) {
        VendorAssociation known = VendorBundle.anAssociation(association.structure(), association.name());
        for (Site site : association.sites()) {
            VendorAssociation.Site open = VendorBundle.aSite(site.localId(), site.name())
                    .address(site.line(), site.postalCode(), site.city())
                    .phone(site.phone())
                    .hours(site.opens(), site.closes(), site.days().toArray(String[]::new));
            ZoneId zone = fr.sas.hub.directory.PlaceZones.ofPostalCode(site.postalCode());
            times.of(site.localId(), 0, zone, question.from(), question.to())
                    .forEach(start -> open.slot(VendorBundle.aVendorSlot()
                            .from(start)
                            .lasting(FreeTimes.LENGTH.toMinutes(), ChronoUnit.MINUTES)
                            .writtenIn(zone)
                            .audience("PUBLIC", "SNP")
                            .bookableAt("https://" + id + ".example/rdv/" + site.localId() + "/"
                                    + start.getEpochSecond())));
            known.at(open);
        }
        return known;
    }

    /** All of them for the first practitioner asked for, at a place of their own. */
    private void flood(VendorBundle bundle, VendorQuestion question, int slots) {
        book.doctors(question.asked()).stream().findFirst().ifPresent(doctor -> {
            VendorPlace place = hand.place(doctor.offices().getFirst(), 0);
            IntStream.range(0, slots)
                    .mapToObj(n -> question.from().plusSeconds(60L + n))
                    .forEach(start -> place.slot(VendorBundle.aVendorSlot()
                            .id("flood-" + doctor.nationalId() + "-" + start.getEpochSecond())
                            .from(start)));
            bundle.with(hand.person(doctor).at(place));
        });
    }

    private static void lie(VendorBundle bundle, VendorQuestion question) {
        Office office = SOMEBODY_ELSE.offices().getFirst();
        bundle.with(VendorHand.NEAT
                        .person(SOMEBODY_ELSE)
                        .at(VendorHand.NEAT.place(office, 0))
                        .slot(VendorBundle.aVendorSlot().from(question.from().plus(Duration.ofHours(1))))
                        .slot(VendorBundle.aVendorSlot().from(question.from().minus(Duration.ofDays(300)))))
                .total(4_321);
    }
}
