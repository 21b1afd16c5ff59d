package fr.sas.hub.bench;

import fr.sas.hub.testing.HubClient;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Practitioners whose slots all come from weekly entries: some typed this minute, as many others typed alike and then
 * made five years older, with an exception every other week. Searches of both are measured in one run.
 */
final class Recurrences {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    static final int OLD = 5_000_000;
    static final int NEW = 6_000_000;
    private static final int ENTRIES = 7;
    private static final int TYPISTS = 4;
    private static final String EVERY_DAY = """
            {"place": "%s", "date": "%s", "start": "%02d:%02d", "end": "%02d:%02d", "modes": ["AMB"],
             "weekly": {"days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]}}""";

    private final HubClient portal;
    private final JdbcClient database;

    Recurrences(HubClient portal, JdbcClient database) {
        this.portal = portal;
        this.database = database;
    }

    void type(int practitioners) throws Exception {
        try (ExecutorService typists = Executors.newFixedThreadPool(TYPISTS)) {
            List<Future<?>> typed = new ArrayList<>();
            for (int i = 0; i < practitioners; i++) {
                int number = i;
                typed.add(typists.submit(() -> typeWeeks(OLD + number)));
                typed.add(typists.submit(() -> typeWeeks(NEW + number)));
            }
            for (Future<?> one : typed) {
                one.get();
            }
        }
        age();
    }

    private void typeWeeks(int number) {
        String id = Generator.nationalId(number);
        String place = "175%07d".formatted(number);
        expect(201, 200, portal.put("/api/v1/practitioners/" + id, """
                {"family": "NOM%d", "given": ["Camille"], "specialties": ["SM54"], "places": [{"structures": ["%s"],
                 "line": "1 avenue de la République", "postalCode": "75011", "city": "PARIS", "phone": "+331%08d"}]}""".formatted(number, place, number)));
        for (int entry = 0; entry < ENTRIES; entry++) {
            int hour = 8 + 2 * entry;
            int minute = number % 30;
            expect(
                    201,
                    201,
                    portal.post(
                            "/api/v1/practitioners/" + id + "/agenda/entries",
                            EVERY_DAY.formatted(place, LocalDate.now(PARIS), hour, minute, hour, minute + 15)));
        }
    }

    private void age() throws InterruptedException {
        String old = "subject BETWEEN '" + Generator.nationalId(OLD) + "' AND '" + Generator.nationalId(NEW - 1) + "'";
        database.sql("UPDATE agenda_entry SET first_date = first_date - interval '5 years' WHERE " + old)
                .update();
        database.sql("INSERT INTO agenda_exception SELECT id, day::date FROM agenda_entry,"
                        + " generate_series(first_date, now() - interval '1 day', interval '14 days') day WHERE " + old)
                .update();
        database.sql("UPDATE agenda_subject SET due_at = now() WHERE " + old).update();
        while (database.sql("SELECT count(*) FROM agenda_subject WHERE due_at <= now()")
                        .query(Long.class)
                        .single()
                > 0) {
            Thread.sleep(500);
        }
    }

    private static void expect(int one, int other, HttpResponse<String> answer) {
        if (answer.statusCode() != one && answer.statusCode() != other) {
            throw new IllegalStateException(answer.request().uri() + ": " + answer.statusCode() + " " + answer.body());
        }
    }
}
