package fr.sas.hub.agenda;

import static fr.sas.hub.agenda.Portal.PLACE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/**
 * Whatever people do to a weekly agenda, in whatever order, in the weeks around the changes of the clocks: search finds
 * after every step what a slow obvious model of it says.
 */
@HubTest
@Import(MovableClock.Wound.class)
class AgendaAgainstModelTest {

    private static final Map<String, String> POSTAL_CODES = Map.of(
            "Europe/Paris", "75001",
            "America/Miquelon", "97500",
            "Indian/Reunion", "97400",
            "Pacific/Noumea", "98800");
    private static final List<String> AROUND_CHANGES = List.of("2026-02-27", "2026-03-20", "2026-10-16", "2026-06-12");

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    Telling telling;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void search_finds_what_the_model_says(long seed) {
        Random random = new Random(seed);
        String zone = one(random, new TreeSet<>(POSTAL_CODES.keySet()).stream().toList());
        clock.moveTo(Instant.parse(one(random, AROUND_CHANGES) + "T08:00:00Z"));
        Portal agenda = Portal.of(port, practitioner(seed), Objects.requireNonNull(POSTAL_CODES.get(zone)));
        AgendaModel model = new AgendaModel(zone);
        List<String> story = new ArrayList<>(List.of(zone));

        int compared = 0;
        for (int step = 0; step < 25; step++) {
            story.add(step(random, agenda, model));
            if (random.nextInt(4) == 0) {
                clock.moveTo(clock.instant().plus(Duration.ofMinutes(random.nextInt(48 * 60))));
                telling.renew();
                story.add("it is " + clock.instant());
            }
            Instant now = clock.instant();
            Instant to = now.plus(Duration.ofDays(24));
            List<String> expected = model.found(now, to);
            assertThat(found(agenda, now, to)).as(String.join("\n", story)).isEqualTo(expected);
            compared += expected.size();
        }
        assertThat(compared).as("slots compared").isGreaterThan(50);
    }

    private String step(Random random, Portal agenda, AgendaModel model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), model.zone());
        LocalDate day = today.plusDays(random.nextInt(20));
        LocalTime start = LocalTime.of(random.nextInt(24), random.nextInt(4) * 15);
        LocalTime end = random.nextBoolean() ? start.plusMinutes(15) : LocalTime.of(random.nextInt(24), 7);
        if (start.equals(end)) {
            end = end.plusMinutes(10);
        }
        int patients = random.nextInt(1, 3);
        AgendaModel.Hours hours = new AgendaModel.Hours(day, start, end, patients);
        String what =
                "\"place\": \"%s\", \"start\": \"%s\", \"end\": \"%s\", \"modes\": [\"AMB\"], \"kind\": \"range\", \"patients\": %s"
                        .formatted(PLACE, start, end, patients);
        List<String> entries = model.entries();
        if (entries.isEmpty() || random.nextInt(5) == 0) {
            Set<DayOfWeek> days = days(random);
            String json = "{%s, \"date\": \"%s\", \"weekly\": {\"days\": %s}}".formatted(what, day, json(days));
            String path = agenda.type(json);
            model.type(path, day, days, hours);
            return "typed " + path + json;
        }
        String entry = one(random, entries);
        return switch (random.nextInt(7)) {
            case 0 ->
                told(agenda.send("DELETE", entry + "/occurrences/" + day, null, null), model.deleteOne(entry, day))
                        + " deleted " + entry + " " + day;
            case 1 -> {
                LocalDate moved = day.plusDays(random.nextInt(3));
                yield told(
                                agenda.send(
                                        "PUT",
                                        entry + "/occurrences/" + day,
                                        "{%s, \"date\": \"%s\"}".formatted(what, moved),
                                        null),
                                model.changeOne(entry, day, hours.on(moved)))
                        + " changed " + entry + " " + day + " to " + moved + " " + hours;
            }
            case 2 ->
                told(agenda.send("DELETE", entry + "/exceptions/" + day, null, null), model.restore(entry, day))
                        + " restored " + entry + " " + day;
            case 3 -> {
                Set<DayOfWeek> days = days(random);
                HttpResponse<String> answer = agenda.send(
                        "PUT",
                        entry + "/from/" + day,
                        "{%s, \"weekly\": {\"days\": %s}}".formatted(what, json(days)),
                        null);
                if (answer.statusCode() == 422) {
                    yield "not changed from " + day + ": " + answer.body();
                }
                String after = "/entries/" + Portal.body(answer).path("id").asText();
                model.changeFrom(entry, after, day, days, hours);
                yield answer.statusCode() + " changed " + entry + " from " + day + " to " + days + hours + after;
            }
            case 4 -> {
                if (random.nextInt(3) > 0) {
                    yield "nothing";
                }
                model.deleteFrom(entry, day);
                yield told(agenda.send("DELETE", entry + "/from/" + day, null, null), true) + " deleted " + entry
                        + " from " + day;
            }
            case 5 -> {
                LocalDate last = day.plusDays(random.nextInt(4));
                agenda.send(
                        200,
                        "PUT",
                        "/places/" + PLACE + "/unavailability",
                        "{\"periods\": [{\"from\": \"%s\", \"to\": \"%s\"}]}".formatted(day, last));
                model.away(day, last);
                yield "away " + day + " to " + last;
            }
            default -> {
                agenda.send(200, "PUT", "/places/" + PLACE + "/unavailability", "{}");
                model.back();
                yield "back";
            }
        };
    }

    private static int told(HttpResponse<String> answer, boolean possible) {
        assertThat(answer.statusCode() / 100)
                .as(answer.toString() + answer.body())
                .isEqualTo(possible ? 2 : 4);
        return answer.statusCode();
    }

    private static List<String> found(Portal agenda, Instant from, Instant to) {
        return StreamSupport.stream(agenda.search(from, to).path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .map(slot -> OffsetDateTime.parse(slot.path("start").asText()).toInstant()
                        + " "
                        + OffsetDateTime.parse(slot.path("end").asText()).toInstant())
                .sorted()
                .toList();
    }

    private static Set<DayOfWeek> days(Random random) {
        Set<DayOfWeek> days = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            days.add(DayOfWeek.of(1 + random.nextInt(7)));
        }
        return days;
    }

    private static String json(Set<DayOfWeek> days) {
        return days.stream()
                .map(day -> "\"" + day.name().toLowerCase(Locale.ROOT) + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static PractitionerId practitioner(long seed) {
        return Batches.practitioner((int) (7_900 + seed));
    }
}
