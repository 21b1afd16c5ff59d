package fr.sas.hub.search;

import fr.sas.hub.directory.Facility;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.search.parameter.QueryString;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Slots and searches by the throw of dice, so that few of them are alike and most meet. */
final class DrawnSearches {

    static final Instant NOON = Instant.parse("2026-06-12T12:00:00Z");
    static final Source SOLEIL = new Source("agenda-soleil");
    static final Source LUNE = new Source("lune");
    static final StructureId CPTS = new StructureId("1750000005");
    static final Facility CPTS_TO_CALL =
            new Facility(CPTS, "CPTS", Facility.Kind.CPTS, "+33140000001", null, null, null);
    static final String PRACTITIONERS = "schedule.actor:Practitioner.identifier";

    private DrawnSearches() {}

    static Slot slot(Subject subject, PracticeLocation place, Instant start, Source source, String page, Random dice) {
        return new Slot(
                subject,
                place.key(),
                start,
                start.plus(minutes(5 + 5 * dice.nextInt(6))),
                dice.nextInt(3) == 0 ? Set.of(Audience.PUBLIC, Audience.UNSCHEDULED_CARE) : Set.of(Audience.PUBLIC),
                dice.nextInt(3) == 0 ? Set.of(ConsultationMode.REMOTE) : Set.of(ConsultationMode.AT_PRACTICE),
                dice.nextInt(3) == 0 ? List.of("Consultation de soins non programmés") : List.of(),
                List.of(),
                null,
                source.isAgenda() ? null : URI.create("https://" + source + ".example/" + page),
                dice.nextInt(4) == 0 ? List.of(new Community(CPTS, "CPTS", "+33140000001")) : List.of(),
                1,
                "");
    }

    /** Of a booking page. */
    static String page(Random dice) {
        return dice.nextInt(5) == 0 ? "ä€/" + noise(dice, dice.nextInt(60)) : "rdv/" + dice.nextInt(100_000);
    }

    static Instant startAfter(Instant start, Random dice) {
        return start.plusMillis(dice.nextInt(8) == 0 ? dice.nextInt(90_000) : 60_000L * (5 * dice.nextInt(8)));
    }

    static Settings settings(PracticeLocation place, Random dice) {
        return switch (dice.nextInt(3)) {
            case 0 -> Settings.DEFAULT;
            case 1 -> participating(Set.of());
            default -> participating(Set.of(place.key()));
        };
    }

    private static Settings participating(Set<String> at) {
        return Settings.builder()
                .participates(true)
                .participatesThrough(Settings.Through.CPTS)
                .structure(CPTS)
                .practiceLocations(at)
                .usesBookingSoftware(false)
                .declaresTwoHours(true)
                .emergencyReorientation(true)
                .build();
    }

    /** @param identifiers the parameter that names the subjects */
    static String search(
            String identifiers,
            Collection<? extends Subject> subjects,
            Instant from,
            boolean forCommunities,
            Random dice) {
        StringBuilder text = new StringBuilder("status=free&start=ge")
                .append(from)
                .append("&start=le")
                .append(from.plus(minutes(30 + dice.nextInt(900))))
                .append('&')
                .append(identifiers)
                .append('=')
                .append(subjects.stream().map(Subject::value).collect(Collectors.joining(",")));
        if (forCommunities) {
            text.append("&_include=Slot:service-type-reference&_include=HealthcareService:organization");
        }
        if (dice.nextInt(4) > 0) {
            text.append("&_include=Slot:schedule");
            text.append(dice.nextInt(4) > 0 ? "&_include:iterate=Schedule:actor" : "");
            text.append(dice.nextInt(4) == 0 ? "&_include:iterate=Location:organization" : "");
        }
        if (dice.nextInt(3) == 0) {
            text.append("&participation=").append(dice.nextBoolean());
        }
        return text.toString();
    }

    static SearchQuery query(String text) {
        return SearchQuery.ofSlots(QueryString.parse(text), false);
    }

    static String noise(Random dice, int length) {
        return dice.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
