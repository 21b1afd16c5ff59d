package fr.sas.hub.space;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import fr.sas.hub.delegation.ActingNames;
import fr.sas.hub.delegation.Matter;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.history.Change;
import fr.sas.hub.history.HistoryPages;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Subject;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** « Qui a changé quoi »: by day, who, what, before and after in words. */
@Controller
class HistoryPage {

    private static final int AT_ONCE = 50;

    private final HistoryPages changes;
    private final ChangeWords words;
    private final Dashboards dashboards;
    private final ActingNames actingNames;
    private final MessageSource messages;

    HistoryPage(
            HistoryPages changes,
            ChangeWords words,
            Dashboards dashboards,
            ActingNames actingNames,
            MessageSource messages) {
        this.actingNames = actingNames;
        this.changes = changes;
        this.words = words;
        this.dashboards = dashboards;
        this.messages = messages;
    }

    /**
     * @param at on the clock of its place, else of the first one
     * @param what such as « Paramètres »
     * @param where null for what is about no place
     * @param zone named where it is not that of the mainland
     * @param how {@code new}, {@code gone} or {@code changed}
     */
    record Row(
            LocalDateTime at,
            String who,
            String what,
            @Nullable String where,
            @Nullable String zone,
            String how,
            List<ChangeWords.Field> fields) {

        public String hour() {
            return HourWords.of(at);
        }
    }

    @GetMapping({SpaceGuard.PRACTITIONER + "/historique", SpaceGuard.FACILITY + "/historique"})
    @Right(Matter.HISTORY)
    String show(
            Subject subject,
            Person person,
            @RequestParam(name = "avant", required = false) @Nullable String olderThan,
            Locale locale,
            Model model) {
        HistoryPages.Page page = page(subject, olderThan);
        List<PracticeLocation> places = dashboards.places(subject);
        Map<String, String> names = actingNames.of(subject);
        Map<String, List<Row>> days = new LinkedHashMap<>();
        for (Change change : page.changes()) {
            Row row = row(change, places, names, person, locale);
            days.computeIfAbsent(
                            DayWords.of(row.at().toLocalDate(), "EEEE d MMMM yyyy", locale), day -> new ArrayList<>())
                    .add(row);
        }
        model.addAttribute("days", days);
        model.addAttribute("older", page.older());
        model.addAttribute("owner", dashboards.name(subject));
        model.addAttribute("address", SpaceAddress.of(subject) + "/historique");
        model.addAttribute("back", SpaceAddress.of(subject));
        return "people/history";
    }

    private Row row(
            Change change, List<PracticeLocation> places, Map<String, String> names, Person reader, Locale locale) {
        PracticeLocation place = change.place() == null
                ? null
                : places.stream()
                        .filter(one -> one.key().equals(change.place()))
                        .findFirst()
                        .orElse(null);
        ZoneId zone = place != null
                ? place.zone()
                : places.isEmpty() ? PlaceZones.MAINLAND : places.getFirst().zone();
        return new Row(
                LocalDateTime.ofInstant(change.at(), zone),
                who(change, names, reader, locale),
                messages.getMessage("people.history.kind." + change.kind(), null, locale),
                place == null ? null : WeekDrawing.label(place),
                zone.equals(PlaceZones.MAINLAND) ? null : zone.getId(),
                change.before() == null ? "new" : change.after() == null ? "gone" : "changed",
                words.fields(change, names, locale));
    }

    private HistoryPages.Page page(Subject subject, @Nullable String olderThan) {
        try {
            return changes.of(subject, olderThan, AT_ONCE);
        } catch (InvalidInput e) {
            throw new NotFound("There is no such page of the history", "Cette suite de l'historique n'existe pas.");
        }
    }

    private String who(Change change, Map<String, String> names, Person reader, Locale locale) {
        Person person = Person.parse(change.person()).orElse(null);
        if (person == null) {
            return messages.getMessage("people.history.by.platform", null, locale);
        }
        if (person.equals(reader)) {
            return messages.getMessage("people.history.by.you", null, locale);
        }
        String name = person.kind() == Person.Kind.PRACTITIONER
                ? PractitionerId.parse(person.id()).map(dashboards::name).orElse(person.id())
                : names.getOrDefault(
                        person.id(),
                        person.kind() == Person.Kind.ACCOUNT_MANAGER
                                ? actingNames
                                        .ofAccountManager(new EmailAddress(person.id()))
                                        .orElse(person.id())
                                : person.id());
        return name + " (" + messages.getMessage("people.kind." + person.kind(), null, locale) + ")";
    }
}
