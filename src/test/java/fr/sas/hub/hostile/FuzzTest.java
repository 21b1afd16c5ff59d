package fr.sas.hub.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Some thousand requests, each a right one with something wrong in it: none makes the hub fail, none is answered by a page. */
@HubTest
class FuzzTest {

    private static final int REQUESTS = 3_000;
    private static final int LONGEST_MILLIS = 60_000;
    private static final DateTimeFormatter TO_THE_MILLISECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LocalDate TODAY = LocalDate.now(PARIS);
    private static final LocalDate MONDAY = TODAY.plusWeeks(5).with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    private static final String YESTERDAY = TODAY.minusDays(1) + "T10:00:00Z";
    private static final String SLOT =
            """
            {"resourceType":"Slot","id":"x","meta":{"lastUpdated":"%s","security":[{"system":"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau","code":"PUBLIC"}]},"identifier":[{"system":"urn:s","value":"1"}],"schedule":{"reference":"Schedule/7"},"status":"free","start":"%s","end":"%s"}""".formatted(at(TODAY.minusDays(1), "10:00"), at(MONDAY, "10:00"), at(MONDAY, "10:15"));
    private static final String SCHEDULE = """
            {"resourceType":"Schedule","id":"7","actor":[{"reference":"Practitioner/1"}],"planningHorizon":{"start":"%s","end":"%s"},"extension":[{"url":"http://interopsante.org/fhir/StructureDefinition/FrAvailabilityTime","extension":[{"url":"type","valueCode":"free"},{"url":"start","valueDateTime":"%s"},{"url":"end","valueDateTime":"%s"},{"url":"rrule","extension":[{"url":"freq","valueCode":"weekly"},{"url":"interval","valueInteger":1}]}]}]}""".formatted(
                    at(MONDAY.minusDays(4), "00:00"),
                    at(MONDAY.plusDays(27), "00:00"),
                    at(MONDAY, "09:00"),
                    at(MONDAY, "12:00"));
    private static final String APPOINTMENT = AnAppointment.with(
                    "899970000002", MONDAY.atTime(10, 0).atZone(PARIS).toInstant())
            .slot("Slot/x")
            .toString();
    private static final String ENTRY = """
            {"place":"1750000001","date":"%s","start":"09:00","end":"10:00","patients":2,"modes":["AMB"],"weekly":{"days":["monday"],"until":"%s"}}""".formatted(MONDAY, MONDAY.plusWeeks(8));
    private static final String SEARCH =
            "/fhir/Slot?_include=Slot:schedule&start=ge" + YESTERDAY + "&start=le" + TODAY.plusDays(1) + "T10:00:00Z"
                    + "&schedule.actor:Practitioner.identifier=urn:oid:1.2.250.1.71.4.2.1|899970000002&status=free";

    private record Right(String token, String method, String address, String type, String body) {}

    private static final String FHIR = "application/fhir+json";
    private static final String JSON = "application/json";
    private static final String DOCTOR = "/api/v1/practitioners/899970000002";

    private static final String WEEKS = "?from=" + MONDAY + "&to=" + MONDAY.plusDays(30);

    private static final List<String> ODD = List.of(
            "%00",
            "%zz",
            "%C3%28",
            "..",
            "//",
            "\\u0000",
            "'",
            "\"",
            "{",
            "}",
            "[",
            "]",
            "null",
            "true",
            "-1",
            "1e999",
            "0x1",
            "99999999999999999999",
            "+999999999-12-31",
            "2026-02-30",
            "9999-12-31T23:59:59Z",
            "0000-01-01",
            "T24:00",
            "é",
            "𝄞",
            "\\ud800",
            "|",
            ",",
            "&",
            ";",
            "$",
            "_history",
            "Infinity",
            " ",
            "\t",
            "a".repeat(3_000),
            "[".repeat(300),
            "#",
            "?",
            "=",
            "*",
            "-",
            "urn:uuid:x",
            "PT999999999999H",
            "\r\n",
            "<b>",
            "${x}",
            "%25",
            "\\",
            "1970-01-01",
            "💣",
            "00:00",
            "23:59");

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @BeforeEach
    void a_vendor_delivers() {
        Descriptor.of("push-b").mode("push").roster("899970000002").dropInto(connectors);
        HubClient vendor = HubClient.at(port).as("test-vendor-push-b");
        Awaitility.await().until(() -> vendor.get("/fhir/Slot/nobody").statusCode() == 404);
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of("push-b").leaves(connectors, port);
    }

    /** Made while the hub runs: it explains no answer of the time before. */
    private static List<Right> right() {
        return List.of(
                new Right("test-search", "GET", SEARCH, "", ""),
                new Right(
                        "test-search",
                        "POST",
                        "/fhir/Slot/_search",
                        "application/x-www-form-urlencoded",
                        SEARCH.substring(11)),
                new Right(
                        "test-search",
                        "GET",
                        "/fhir/PractitionerRole?practitioner.identifier=899970000002&_count=3",
                        "",
                        ""),
                new Right("test-search", "GET", "/fhir/Schedule/abc?_format=json", "", ""),
                new Right("test-search", "POST", "/fhir/Slot/899970000002-abc/$revalidate", FHIR, ""),
                new Right("test-vendor-push-b", "PUT", "/fhir/Slot/x", FHIR, SLOT),
                new Right("test-vendor-push-b", "PUT", "/fhir/Slot?identifier=urn:s|1", FHIR, SLOT),
                new Right("test-vendor-push-b", "PUT", "/fhir/Schedule/7", FHIR, SCHEDULE),
                new Right(
                        "test-vendor-push-b",
                        "PATCH",
                        "/fhir/Slot/x",
                        "application/json-patch+json",
                        "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"busy\"}]"),
                new Right(
                        "test-vendor-push-b",
                        "POST",
                        "/fhir",
                        FHIR,
                        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"timestamp\":\"" + YESTERDAY
                                + "\",\"entry\":[{\"request\":{\"method\":\"PUT\",\"url\":\"Slot/x\",\"ifMatch\":\"W/\\\"1\\\"\"},\"resource\":"
                                + SLOT + "}]}"),
                new Right(
                        "test-vendor-push-b",
                        "POST",
                        "/fhir/$confirm",
                        FHIR,
                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"everything\",\"valueBoolean\":true}]}"),
                new Right("test-vendor-push-b", "POST", "/fhir/Appointment", FHIR, APPOINTMENT),
                new Right("test-vendor-push-b", "GET", "/api/v1/connectors/push-b/rejections?days=5", "", ""),
                new Right(
                        "test-portal",
                        "PUT",
                        DOCTOR,
                        JSON,
                        "{\"family\":\"PETIT\",\"given\":[\"Ben\"],\"places\":[{\"structures\":[\"1750000001\"],\"line\":\"1 rue des Lilas\",\"postalCode\":\"75002\",\"city\":\"PARIS\"}]}"),
                new Right("test-portal", "GET", DOCTOR + "/settings", "", ""),
                new Right(
                        "test-portal",
                        "PUT",
                        DOCTOR + "/settings",
                        JSON,
                        "{\"participates\":true,\"participatesThrough\":\"practice\",\"usesBookingSoftware\":false,\"declaresTwoHours\":true}"),
                new Right("test-portal", "POST", DOCTOR + "/agenda/entries", JSON, ENTRY),
                new Right("test-portal", "GET", DOCTOR + "/agenda/occurrences" + WEEKS, "", ""),
                new Right("test-portal", "GET", DOCTOR + "/hours" + WEEKS, "", ""),
                new Right("test-portal", "GET", DOCTOR + "/history?kind=settings&from=" + YESTERDAY, "", ""),
                new Right(
                        "test-portal",
                        "PUT",
                        "/api/v1/facilities/1750000001",
                        JSON,
                        "{\"name\":\"Cabinet\",\"kind\":\"practice\",\"phone\":\"0102030405\",\"line\":\"1 rue des Lilas\",\"postalCode\":\"75002\",\"city\":\"PARIS\"}"),
                new Right(
                        "test-portal",
                        "PUT",
                        "/api/v1/regulators/6f2b1c1e-7d51-4f3e-9a55-0c3f5a1b2c3d",
                        JSON,
                        "{\"family\":\"A\",\"given\":\"B\",\"email\":\"a@b.example\",\"lrm\":\"fr.health.samu330\"}"),
                new Right(
                        "test-ops",
                        "GET",
                        "/api/v1/explain?practitioner=899970000002&from=" + MONDAY + "T09:00:00Z&to=" + MONDAY
                                + "T10:00:00Z&asOf=" + Instant.now(),
                        "",
                        ""),
                new Right(
                        "test-ops",
                        "GET",
                        "/api/v1/connectors/push-b/deliveries?from=" + YESTERDAY + "&most=10",
                        "",
                        ""),
                new Right("test-ops", "POST", "/api/v1/connectors/push-b/ask-now", JSON, "{\"reason\":\"to be sure\"}"),
                new Right("test-ops", "GET", "/api/v1/outbox/lune?state=DEAD", "", ""),
                new Right("test-portal", "GET", "/calendar/abc.ics", "", ""));
    }

    @Test
    void each_is_right_before_something_is_wrong_in_it() throws IOException {
        List<String> refused = new ArrayList<>();
        for (Right right : right()) {
            String answer = sent(right, right.address(), right.body());
            boolean isOfNothing = right.method().equals("GET") && answer.startsWith("HTTP/1.1 404");
            if (!answer.startsWith("HTTP/1.1 2") && !isOfNothing) {
                refused.add(right.method() + " " + right.address() + " => " + shortened(answer));
            }
        }

        assertThat(refused).isEmpty();
    }

    @Test
    void no_mutated_request_makes_the_hub_fail_or_answer_with_a_page() throws IOException {
        Random random = new Random(20_261_128);
        List<Right> all = right();
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Right right = all.get(i % all.size());
            boolean inBody = !right.body().isEmpty() && random.nextInt(3) > 0;
            String address = inBody ? right.address() : mutatedAddress(right.address(), random);
            String body = inBody ? mutated(right.body(), random, 1 + random.nextInt(2)) : right.body();
            String answer = sent(right, address, body);
            if (isFailure(answer, address.startsWith("/fhir"))) {
                failures.add(right.method() + " " + shortened(address) + "\n" + shortened(body) + "\n=> "
                        + shortened(answer));
            }
        }

        assertThat(failures).as("of %d requests", REQUESTS).isEmpty();
    }

    private static String at(LocalDate day, String time) {
        return day.atTime(LocalTime.parse(time)).atZone(PARIS).format(TO_THE_MILLISECOND);
    }

    /** What makes it one of /fhir or of /api stays. */
    private static String mutatedAddress(String address, Random random) {
        int from = address.startsWith("/fhir") ? 5 : 7;
        String rest = address.substring(from);
        return address.substring(0, from) + "/"
                + mutated(rest.isEmpty() ? "/" : rest, random, 1).replaceAll("[\\r\\n #]", "");
    }

    private static boolean isFailure(String answer, boolean fhir) {
        return !answer.startsWith("HTTP/1.1 ")
                || answer.charAt(9) == '5'
                || answer.contains("<html")
                || answer.contains("Exception")
                || fhir && answer.charAt(9) == '4' && !answer.contains("OperationOutcome");
    }

    private static String mutated(String text, Random random, int times) {
        String mutated = text;
        for (int i = 0; i < times; i++) {
            int from = random.nextInt(mutated.length());
            int to = Math.min(mutated.length(), from + random.nextInt(12));
            String odd = ODD.get(random.nextInt(ODD.size()));
            mutated = switch (random.nextInt(4)) {
                case 0 -> mutated.substring(0, from) + odd + mutated.substring(from);
                case 1 -> mutated.substring(0, from) + mutated.substring(to);
                case 2 -> valueReplaced(mutated, from, odd);
                default -> mutated.substring(0, from) + odd + mutated.substring(to);
            };
            mutated = mutated.isEmpty() ? "/" : mutated;
        }
        return mutated;
    }

    /** The value after the next colon or equals sign: what a JSON or a query stays well-formed with. */
    private static String valueReplaced(String text, int from, String odd) {
        int colon = text.indexOf(':', from);
        int begin = colon < 0 ? text.indexOf('=', from) : colon;
        if (begin < 0) {
            return text + odd;
        }
        boolean quoted = begin + 1 < text.length() && text.charAt(begin + 1) == '"';
        int end = begin + (quoted ? 2 : 1);
        while (end < text.length() && (quoted ? text.charAt(end) != '"' : ",}]&".indexOf(text.charAt(end)) < 0)) {
            end++;
        }
        return text.substring(0, begin + (quoted ? 2 : 1)) + odd + text.substring(end);
    }

    private String sent(Right right, String address, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = right.method() + " " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: Bearer " + right.token() + "\r\n"
                + (right.type().isEmpty() ? "" : "Content-Type: " + right.type() + "\r\n")
                + "Content-Length: " + bytes.length + "\r\n\r\n";
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(LONGEST_MILLIS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException e) {
            return "HTTP/1.1 400 OperationOutcome: closed before all was sent";
        }
    }

    private static String shortened(String text) {
        return text.length() > 600 ? text.substring(0, 600) + "…" : text;
    }
}
