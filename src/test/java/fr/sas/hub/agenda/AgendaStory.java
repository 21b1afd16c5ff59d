package fr.sas.hub.agenda;

import static fr.sas.hub.agenda.Portal.PLACE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Does to an agenda and to the model of it what a step says, and compares what is then to be seen of both. */
final class AgendaStory {

    private static final String AWAY = "/places/" + PLACE + "/unavailability";

    /** When on a day, and for how many. */
    record Times(LocalTime start, LocalTime end, int patients) {}

    /**
     * What somebody does. Days count from today; an entry is one of those there are, by any number.
     */
    sealed interface Step {
        record Type(int day, Set<DayOfWeek> days, Times times) implements Step {}

        record DeleteOne(int entry, int day) implements Step {}

        record ChangeOne(int entry, int day, int later, Times times) implements Step {}

        record Restore(int entry, int day) implements Step {}

        record ChangeFrom(int entry, int day, Set<DayOfWeek> days, Times times) implements Step {}

        record DeleteFrom(int entry, int day) implements Step {}

        /** @param day null: the date it has */
        record ChangeAll(int entry, @Nullable Integer day, Set<DayOfWeek> days, Times times) implements Step {}

        record DeleteAll(int entry) implements Step {}

        record Away(int day, int length) implements Step {}

        record AwayFromNow() implements Step {}

        record Back() implements Step {}

        record Wait(int minutes) implements Step {}
    }

    private final Portal agenda;
    private final AgendaModel model;
    private final MovableClock clock;
    private final AgendaPublisher agendaPublisher;
    private final LocalDate began;

    AgendaStory(Portal agenda, AgendaModel model, MovableClock clock, AgendaPublisher agendaPublisher) {
        this.agenda = agenda;
        this.model = model;
        this.clock = clock;
        this.agendaPublisher = agendaPublisher;
        this.began = model.today();
    }

    void happens(Step step) {
        switch (step) {
            case Step.Type typed -> {
                LocalDate day = day(typed.day);
                AgendaModel.Hours hours = hours(day, typed.times);
                boolean possible = !model.isOver(hours);
                HttpResponse<String> answer = told("POST", "/entries", weekly(day, typed.days, typed.times), possible);
                if (possible) {
                    model.type("/entries/" + Portal.body(answer).path("id").asText(), day, typed.days, hours);
                }
            }
            case Step.DeleteOne delete ->
                onEntry(
                        delete.entry,
                        entry -> told("DELETE", one(entry, delete.day), null, model.deleteOne(entry, day(delete.day))));
            case Step.ChangeOne change ->
                onEntry(change.entry, entry -> {
                    LocalDate moved = day(change.day + change.later);
                    boolean possible = model.changeOne(entry, day(change.day), hours(moved, change.times));
                    told("PUT", one(entry, change.day), once(moved, change.times), possible);
                });
            case Step.Restore restore ->
                onEntry(restore.entry, entry -> {
                    LocalDate day = day(restore.day);
                    told("DELETE", entry + "/exceptions/" + day, null, model.restore(entry, day));
                });
            case Step.ChangeFrom change -> onEntry(change.entry, entry -> changeFrom(entry, change));
            case Step.DeleteFrom delete ->
                onEntry(delete.entry, entry -> {
                    LocalDate day = day(delete.day);
                    told("DELETE", entry + "/from/" + day, null, model.deleteFrom(entry, day));
                });
            case Step.ChangeAll change -> onEntry(change.entry, entry -> changeAll(entry, change));
            case Step.DeleteAll delete ->
                onEntry(delete.entry, entry -> told("DELETE", entry, null, model.deleteAll(entry)));
            case Step.Away away -> {
                LocalDate first = day(away.day);
                LocalDate last = first.plusDays(away.length);
                String period = "{\"from\": \"%s\", \"to\": \"%s\"}".formatted(first, last);
                told("PUT", AWAY, "{\"periods\": [" + period + "]}", true);
                model.away(first, last);
            }
            case Step.AwayFromNow now -> {
                told("PUT", AWAY, "{\"fromNow\": true}", true);
                model.awayFromNow();
            }
            case Step.Back back -> {
                told("PUT", AWAY, "{}", true);
                model.back();
            }
            case Step.Wait wait -> {
                clock.moveTo(clock.instant().plus(Duration.ofMinutes(wait.minutes)));
                model.isNow(clock.instant());
                agendaPublisher.renew();
            }
        }
    }

    private void onEntry(int number, Consumer<String> act) {
        List<String> entries = model.entries();
        if (!entries.isEmpty()) {
            act.accept(entries.get(number % entries.size()));
        }
    }

    private void changeFrom(String entry, Step.ChangeFrom change) {
        LocalDate day = day(change.day);
        AgendaModel.Hours hours = hours(day, change.times);
        boolean possible = model.changeFrom(entry, null, day, change.days, hours);
        HttpResponse<String> answer =
                told("PUT", entry + "/from/" + day, weekly(day, change.days, change.times), possible);
        if (possible) {
            String after = "/entries/" + Portal.body(answer).path("id").asText();
            model.changeFrom(entry, after, day, change.days, hours);
        }
    }

    private void changeAll(String entry, Step.ChangeAll change) {
        LocalDate day = change.day == null ? null : day(change.day);
        LocalDate typed =
                day == null ? LocalDate.parse(agenda.get(entry).path("date").asText()) : day;
        boolean possible = model.changeAll(entry, day, change.days, hours(typed, change.times));
        told("PUT", entry, weekly(typed, change.days, change.times), possible);
    }

    private HttpResponse<String> told(String method, String path, @Nullable String json, boolean possible) {
        HttpResponse<String> answer = agenda.send(method, path, json, null);
        assertThat(answer.statusCode() / 100)
                .as(method + " " + path + " " + json + " at " + clock.instant() + ": " + answer.body())
                .isEqualTo(possible ? 2 : 4);
        return answer;
    }

    /** @return how many slots were found */
    int compare() {
        Instant to = clock.instant().plus(Duration.ofDays(24));
        List<String> expected = model.found(to);
        assertThat(found(clock.instant(), to)).as("found at " + clock.instant()).isEqualTo(expected);
        LocalDate last = model.today().plusDays(24);
        assertThat(takingPlace(began.minusDays(4), last))
                .as("taking place")
                .isEqualTo(model.takingPlace(began.minusDays(4), last));
        return expected.size();
    }

    private List<String> found(Instant from, Instant to) {
        return list(
                agenda.search(from, to).path("entry").findValues("resource").stream()
                        .filter(resource ->
                                resource.path("resourceType").asText().equals("Slot"))
                        .toList(),
                slot -> instant(slot, "start") + " " + instant(slot, "end"));
    }

    private List<String> takingPlace(LocalDate from, LocalDate to) {
        JsonNode occurrences =
                agenda.get("/occurrences?from=" + from + "&to=" + to).path("occurrences");
        return list(
                StreamSupport.stream(occurrences.spliterator(), false).toList(),
                one -> one.path("date").asText() + " " + one.path("start").asText() + " "
                        + one.path("end").asText());
    }

    private static List<String> list(List<JsonNode> nodes, Function<JsonNode, String> as) {
        return nodes.stream().map(as).sorted().toList();
    }

    private static Instant instant(JsonNode slot, String field) {
        return OffsetDateTime.parse(slot.path(field).asText()).toInstant();
    }

    private LocalDate day(int number) {
        return model.today().plusDays(number);
    }

    private String one(String entry, int day) {
        return entry + "/occurrences/" + day(day);
    }

    private static AgendaModel.Hours hours(LocalDate day, Times times) {
        return new AgendaModel.Hours(day, times.start, times.end, times.patients);
    }

    private static String once(LocalDate day, Times times) {
        return Portal.entry(
                day.toString(), times.start.toString(), times.end.toString(), "\"patients\": " + times.patients);
    }

    private static String weekly(LocalDate day, Set<DayOfWeek> days, Times times) {
        String named = days.stream()
                .map(each -> "\"" + each.name().toLowerCase(Locale.ROOT) + "\"")
                .collect(Collectors.joining(", "));
        return Portal.entry(
                day.toString(),
                times.start.toString(),
                times.end.toString(),
                "\"patients\": %s, \"weekly\": {\"days\": [%s]}".formatted(times.patients, named));
    }
}
