package fr.sas.hub.space;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.Person;
import fr.sas.hub.delegation.ActingNames;
import fr.sas.hub.slot.PractitionerId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Who changed something, in words that readers know: « vous », « Camille MARTIN (Délégataire) », the platform. */
@Component
class ChangeAuthors {

    private final Dashboards dashboards;
    private final ActingNames actingNames;
    private final MessageSource messages;

    ChangeAuthors(Dashboards dashboards, ActingNames actingNames, MessageSource messages) {
        this.dashboards = dashboards;
        this.actingNames = actingNames;
        this.messages = messages;
    }

    /**
     * @param author in the form of {@link Person}; null: the platform
     * @param names of delegates and managers, by address
     */
    String name(@Nullable String author, Map<String, String> names, Person reader, Locale locale) {
        Person person = Person.parse(author).orElse(null);
        if (person == null) {
            return messages.getMessage("people.history.by.platform", null, locale);
        }
        if (person.equals(reader)) {
            return messages.getMessage("people.history.by.you", null, locale);
        }
        return name(person, names) + " (" + messages.getMessage("people.kind." + person.kind(), null, locale) + ")";
    }

    private String name(Person person, Map<String, String> names) {
        return switch (person.kind()) {
            case PRACTITIONER ->
                PractitionerId.parse(person.id()).map(dashboards::name).orElse(person.id());
            case ACCOUNT_MANAGER ->
                names.getOrDefault(
                        person.id(),
                        actingNames
                                .ofAccountManager(new EmailAddress(person.id()))
                                .orElse(person.id()));
            case DELEGATE, FACILITY_MANAGER -> names.getOrDefault(person.id(), person.id());
        };
    }
}
