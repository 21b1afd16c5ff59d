package fr.sas.hub.search;

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
final class LogicalIds {

    private LogicalIds() {}

    static String practitioner(Subject practitioner) {
        return practitioner.value();
    }

    static String organization(String nationalId) {
        return nationalId;
    }

    static String communityService(Community community) {
        return community.id().value();
    }

    static String role(Subject subject, PracticeLocation place) {
        return subject.value() + "-" + Availability.idOf(place.key());
    }

    static String site(Subject subject, PracticeLocation site) {
        return role(subject, site);
    }

    static String schedule(Subject subject, PracticeLocation place, Source source) {
        return subject.value() + "-" + Availability.idOf(place.key() + '|' + source.name());
    }

    static Optional<Subject> subjectOf(String id) {
        int hyphen = id.indexOf('-');
        return Subject.ofNational(hyphen < 0 ? id : id.substring(0, hyphen));
    }
}
