package fr.sas.hub.search.resource;

import fr.sas.hub.index.Availability;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.util.Optional;

/**
 * Logical ids: stable, opaque to clients, URL-safe. The id of anything that belongs to a subject begins with the
 * subject, so that a read by id needs no index of ids.
 */
public final class LogicalIds {

    private LogicalIds() {}

    public static String practitioner(Subject practitioner) {
        return practitioner.value();
    }

    public static String organization(String nationalId) {
        return nationalId;
    }

    public static String communityService(Community community) {
        return community.id().value();
    }

    public static String role(Subject subject, PracticeLocation place) {
        return subject.value() + "-" + Availability.idOf(place.key());
    }

    public static String site(Subject subject, PracticeLocation site) {
        return role(subject, site);
    }

    public static String schedule(Subject subject, PracticeLocation place, Source source) {
        return subject.value() + "-" + Availability.idOf(place.key() + '|' + source.name());
    }

    public static Optional<Subject> subjectOf(String id) {
        int hyphen = id.indexOf('-');
        return Subject.ofNational(hyphen < 0 ? id : id.substring(0, hyphen));
    }
}
