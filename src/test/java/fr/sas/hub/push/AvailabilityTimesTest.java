package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.testing.VendorSlot;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** A Schedule that says when it is free, in the days around the end of summer time (25 October 2026, 03:00). */
@HubTest
@Import(MovableClock.Wound.class)
class AvailabilityTimesTest {

    private static final String CLARA = "899970000003";
    private static final String URL = "http://interopsante.org/fhir/StructureDefinition/FrScheduleAvailabiltyTime";
    private static final Instant FRIDAY_NOON = Instant.parse("2026-10-23T10:00:00Z");

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    private Deliverer vendor;
    private ObjectNode schedule = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();

    @BeforeEach
    void a_vendor_that_delivers() {
        clock.moveTo(FRIDAY_NOON);
        Descriptor.of("push-a").mode("push").roster(CLARA).dropInto(connectors);
        vendor = new Deliverer(port, "push-a").connected();
        ObjectNode answer = aBundle()
                .with(aPractitioner(CLARA, "ROUX", "Clara")
                        .at(aPlace("1750000023").address("3 rue des Tilleuls", "75003", "PARIS")))
                .toNode();
        answer.path("entry").forEach(entry -> {
            ObjectNode resource = (ObjectNode) entry.path("resource");
            vendor.put(resource);
            if (resource.path("resourceType").asText().equals("Schedule")) {
                schedule = resource;
            }
        });
        schedule.withObject("/meta")
                .putArray("security")
                .addObject()
                .put("system", "https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau")
                .put("code", "PUBLIC");
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of("push-a").removeFrom(connectors);
        org.awaitility.Awaitility.await().until(() -> vendor.get("/Slot/nobody").statusCode() == 403);
    }

    private ObjectNode time(String type, String start, String end, @Nullable String frequency, String... days) {
        ObjectNode time = schedule.withArray("extension").addObject().put("url", URL);
        var parts = time.putArray("extension");
        parts.addObject().put("url", "type").putObject("valueCoding").put("code", type);
        parts.addObject().put("url", "start").put("valueDateTime", start);
        parts.addObject().put("url", "end").put("valueDateTime", end);
        if (frequency != null) {
            var rule = parts.addObject().put("url", "rrule").putArray("extension");
            rule.addObject()
                    .put("url", "freq")
                    .putObject("valueCoding")
                    .put("system", "https://www.ietf.org/rfc/rfc2445")
                    .put("code", frequency);
            for (String day : days) {
                rule.addObject().put("url", "byDay").put("valueString", day);
            }
        }
        return time;
    }

    private void lasting(int minutes) {
        ObjectNode service = schedule.withArray("extension")
                .addObject()
                .put("url", "http://interopsante.org/fhir/StructureDefinition/FrServiceTypeDuration");
        service.putArray("extension")
                .addObject()
                .put("url", "duration")
                .putObject("valueDuration")
                .put("value", minutes)
                .put("code", "min");
    }

    private List<LocalDateTime> found() {
        return vendor.found(CLARA, clock.instant()).stream()
                .map(start -> LocalDateTime.ofInstant(start, ZoneId.of("Europe/Paris")))
                .toList();
    }

    private static LocalDateTime october(int day, int hour, int minute) {
        return LocalDateTime.of(2026, 10, day, hour, minute);
    }

    @Test
    void hours_stay_on_the_places_clock_when_it_changes() {
        time("free", "2026-10-19T09:00:00+02:00", "2026-10-19T11:00:00+02:00", "DAILY");
        lasting(60);

        assertThat(vendor.put(schedule).statusCode()).isEqualTo(200);

        assertThat(found())
                .containsExactly(
                        october(24, 9, 0),
                        october(24, 10, 0),
                        october(25, 9, 0),
                        october(25, 10, 0),
                        october(26, 9, 0),
                        october(26, 10, 0));
        assertThat(vendor.found(CLARA, clock.instant()))
                .contains(Instant.parse("2026-10-24T07:00:00Z"), Instant.parse("2026-10-26T08:00:00Z"));
    }

    @Test
    void a_night_with_an_hour_more_has_slots_for_it() {
        time("free", "2026-10-25T01:00:00+02:00", "2026-10-25T04:00:00+01:00", null);
        lasting(60);

        vendor.put(schedule);

        assertThat(vendor.found(CLARA, clock.instant()))
                .hasSize(4)
                .allMatch(start -> start.isBefore(Instant.parse("2026-10-25T03:00:00Z")));
    }

    @Test
    void what_is_not_free_and_what_the_vendor_lists_is_left_out() {
        time("free", "2026-10-19T09:00:00+02:00", "2026-10-19T12:00:00+02:00", "WEEKLY", "MO", "SAT");
        time("busy-unavailable", "2026-10-24T10:00:00+02:00", "2026-10-24T11:00:00+02:00", null);
        lasting(30);
        vendor.put(schedule);
        VendorSlot booked = aVendorSlot().id("booked").from(Instant.parse("2026-10-24T07:00:00Z"));
        vendor.send(aTransaction()
                .putting(aBundle()
                        .with(aPractitioner(CLARA, "ROUX", "Clara")
                                .at(aPlace("1750000023").address("3 rue des Tilleuls", "75003", "PARIS"))
                                .slot(booked.set("/status", "busy"))
                                .schedule(all -> all.setAll(schedule)))));

        assertThat(found())
                .containsExactly(
                        october(24, 9, 30),
                        october(24, 11, 0),
                        october(24, 11, 30),
                        october(26, 9, 0),
                        october(26, 9, 30),
                        october(26, 10, 0),
                        october(26, 10, 30),
                        october(26, 11, 0));
    }

    @Test
    void without_a_duration_free_time_is_a_range() {
        time("free", "2026-10-24T09:00:00+02:00", "2026-10-24T12:00:00+02:00", null);
        time("busy-unavailable", "2026-10-24T10:00:00+02:00", "2026-10-24T10:30:00+02:00", null);

        vendor.put(schedule);

        assertThat(found()).containsExactly(october(24, 9, 0), october(24, 10, 30));
    }

    @Test
    void later_days_come_by_themselves_while_the_vendor_confirms() {
        time("free", "2026-10-19T09:00:00+02:00", "2026-10-19T10:00:00+02:00", "DAILY");
        lasting(60);
        vendor.put(schedule);

        clock.moveTo(FRIDAY_NOON.plus(Duration.ofDays(2)));
        vendor.send(
                "POST",
                "/$confirm",
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"everything\",\"valueBoolean\":true}]}");

        org.awaitility.Awaitility.await()
                .untilAsserted(() ->
                        assertThat(found()).containsExactly(october(26, 9, 0), october(27, 9, 0), october(28, 9, 0)));
    }

    @Test
    void a_time_that_cannot_be_understood_is_told_with_its_element() {
        time("free", "2026-10-24T09:00:00+02:00", "2026-10-24T12:00:00+02:00", "HOURLY");

        HttpResponse<String> answer = vendor.put(schedule);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Schedule.extension[0]").contains("rrule.freq");
    }
}
