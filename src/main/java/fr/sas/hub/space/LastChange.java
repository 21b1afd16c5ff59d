package fr.sas.hub.space;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.Caller;
import fr.sas.hub.access.MissingRight;
import fr.sas.hub.access.Person;
import fr.sas.hub.delegation.ActingNames;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.delegation.Permission.Extent;
import fr.sas.hub.delegation.Rights;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.history.HistoryPages;
import fr.sas.hub.history.RecordedChange;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Tells people who were overtaken by a change when it was made and, if they may read the history, by whom. */
@Component
class LastChange {

    private static final int LOOKED_AT = 20;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    private final HistoryPages history;
    private final ChangeAuthors authors;
    private final ActingNames actingNames;
    private final Dashboards dashboards;
    private final Rights rights;
    private final MessageSource messages;

    LastChange(
            HistoryPages history,
            ChangeAuthors authors,
            ActingNames actingNames,
            Dashboards dashboards,
            Rights rights,
            MessageSource messages) {
        this.history = history;
        this.authors = authors;
        this.actingNames = actingNames;
        this.dashboards = dashboards;
        this.rights = rights;
        this.messages = messages;
    }

    /**
     * A sentence such as « Dernière modification le 29/11/2026 à 10h12, par Camille MARTIN (Délégataire). »
     *
     * @param about its name in the history, or the beginning of that name: {@code settings}, {@code agenda/entries/…}
     * @return null when it is not one of the latest changes
     */
    @Nullable
    String of(Subject subject, String about, Locale locale) {
        return history.of(subject, null, LOOKED_AT).changes().stream()
                .filter(change -> change.about().startsWith(about))
                .findFirst()
                .map(change -> sentence(subject, change, locale))
                .orElse(null);
    }

    /** Whether the person for whom this request is made was the last to change it: they have sent the same twice. */
    boolean isOwn(Subject subject, String about) {
        String reader = Authorship.current().person();
        return reader != null
                && history.of(subject, null, LOOKED_AT).changes().stream()
                        .filter(change -> change.about().equals(about))
                        .findFirst()
                        .filter(change -> reader.equals(change.person()))
                        .isPresent();
    }

    private String sentence(Subject subject, RecordedChange change, Locale locale) {
        ZoneId zone = dashboards.places(subject).stream()
                .findFirst()
                .map(PracticeLocation::zone)
                .orElse(PlaceZones.MAINLAND);
        Person reader = Caller.current().map(Caller::person).orElse(null);
        String author = reader != null && mayKnow(reader, subject)
                ? authors.name(change.person(), actingNames.of(subject), reader, locale)
                : null;
        return sentence(change.at().atZone(zone), author, locale);
    }

    /** The same for an account. @param authorship as it is stored: {@code client for person} */
    String ofAccount(Instant at, String authorship, Locale locale) {
        int named = authorship.indexOf(" for ");
        String person = named < 0 ? null : authorship.substring(named + " for ".length());
        Person reader = Caller.current().map(Caller::person).orElse(null);
        return sentence(
                at.atZone(PlaceZones.MAINLAND),
                reader == null ? null : authors.name(person, Map.of(), reader, locale),
                locale);
    }

    /** The same without an author, for a change that is not known to the history. @param at in the time of its place */
    String at(ZonedDateTime at, Locale locale) {
        return sentence(at, null, locale);
    }

    private String sentence(ZonedDateTime at, @Nullable String author, Locale locale) {
        String day = DAY.format(at);
        String hour = HourWords.of(at);
        return author == null
                ? messages.getMessage("people.overtaken.at", new Object[] {day, hour}, locale)
                : messages.getMessage("people.overtaken.by", new Object[] {day, hour, author}, locale);
    }

    private boolean mayKnow(Person reader, Subject subject) {
        try {
            rights.check(reader, Permission.HISTORY, Extent.READ, subject);
            return true;
        } catch (MissingRight e) {
            return false;
        }
    }
}
