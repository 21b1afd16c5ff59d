package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import fr.sas.hub.account.Visitor;
import fr.sas.hub.delegation.ActingNames;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.history.History;
import fr.sas.hub.history.HistoryPages;
import fr.sas.hub.history.RecordedChange;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Subject;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** « Qui a changé quoi »: by day, who changed what, with the states before and after in words. */
@Controller
class HistoryPage {

    private static final int AT_ONCE = 20;

    private final HistoryPages changes;
    private final ChangeWords words;
    private final Dashboards dashboards;
    private final ActingNames actingNames;
    private final ChangeAuthors authors;

    HistoryPage(
            HistoryPages changes,
            ChangeWords words,
            Dashboards dashboards,
            ActingNames actingNames,
            ChangeAuthors authors) {
        this.authors = authors;
        this.actingNames = actingNames;
        this.changes = changes;
        this.words = words;
        this.dashboards = dashboards;
    }

    /**
     * @param at in the local time of its place, otherwise of the first place
     * @param what such as « Paramètres »; of an availability also which one, and what was done
     * @param where null if it does not concern a place
     * @param zone null for that of the mainland
     * @param how {@code new}, {@code gone} or {@code changed}
     * @param told whether {@code what} already says so
     * @param same whether the states before and after read the same
     */
    record Row(
            LocalDateTime at,
            String who,
            String what,
            @Nullable String where,
            @Nullable String zone,
            String how,
            boolean told,
            boolean same,
            List<ChangeWords.Field> fields) {

        public String hour() {
            return HourWords.of(at);
        }
    }

    @GetMapping({SpaceGuard.PRACTITIONER + "/historique", SpaceGuard.FACILITY + "/historique"})
    @RequiredPermission(Permission.HISTORY)
    String show(
            Subject subject,
            Visitor visitor,
            Person person,
            @RequestParam(name = "avant", required = false) @Nullable String olderThan,
            Locale locale,
            Model model) {
        HistoryPages.Page page = page(subject, olderThan);
        List<PracticeLocation> places = dashboards.places(subject);
        Map<String, String> names = actingNames.of(subject);
        Map<String, List<Row>> days = new LinkedHashMap<>();
        for (RecordedChange change : page.changes()) {
            Row row = row(change, places, names, person, locale);
            days.computeIfAbsent(
                            DayWords.of(row.at().toLocalDate(), "EEEE d MMMM yyyy", locale), day -> new ArrayList<>())
                    .add(row);
        }
        model.addAttribute("days", days);
        model.addAttribute("older", page.older());
        model.addAttribute("owner", dashboards.name(subject));
        model.addAttribute("address", SpaceAddress.of(subject) + "/historique");
        model.addAttribute("back", SpaceAddress.dashboard(visitor, subject));
        return "people/history";
    }

    private Row row(
            RecordedChange change,
            List<PracticeLocation> places,
            Map<String, String> names,
            Person reader,
            Locale locale) {
        PracticeLocation place = change.place() == null
                ? null
                : places.stream()
                        .filter(one -> one.key().equals(change.place()))
                        .findFirst()
                        .orElse(null);
        ZoneId zone = place != null
                ? place.zone()
                : places.isEmpty() ? PlaceZones.MAINLAND : places.getFirst().zone();
        LocalDateTime at = LocalDateTime.ofInstant(change.at(), zone);
        boolean isOfFeed = change.kind() == History.Kind.FEED;
        String how = ChangeWords.how(change);
        List<ChangeWords.Field> fields = words.fields(change, at.toLocalDate(), names, locale);
        return new Row(
                at,
                authors.name(change.person(), names, reader, locale),
                words.what(change, at.toLocalDate(), locale),
                place == null ? null : WeekDrawing.label(place),
                zone.equals(PlaceZones.MAINLAND) ? null : zone.getId(),
                how,
                isOfFeed || ChangedAvailability.of(change, at.toLocalDate()).isPresent(),
                how.equals("changed") && !isOfFeed && fields.stream().noneMatch(ChangeWords.Field::isChanged),
                fields);
    }

    private HistoryPages.Page page(Subject subject, @Nullable String olderThan) {
        try {
            return changes.of(subject, olderThan, AT_ONCE);
        } catch (InvalidInput e) {
            throw new NotFound("There is no such page of the history", "Cette suite de l'historique n'existe pas.");
        }
    }
}
