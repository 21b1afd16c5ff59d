package fr.sas.hub.line;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.Flow;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.stream.Collectors;

/** The three searches as the guide defines them (DOMAIN §4). */
public final class GuideSearches {

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneId.of("Europe/Paris"));

    private GuideSearches() {}

    /** One request to one vendor, claimed for this node. */
    public record Question(Source source, Flow flow, Set<Subject> asked, Window window, Instant at) {}

    public static URI address(URI base, Question question) {
        String query = switch (question.flow()) {
            case INDIVIDUAL -> practitioners(question, "_include=Slot:schedule&_include:iterate=Schedule:actor");
            case CPTS ->
                practitioners(
                        question,
                        "_include=Slot:schedule&_include:iterate=Schedule:actor"
                                + "&_include=Slot:service-type-reference&_include:iterate=HealthcareService:organization");
            case SOS -> associations(question);
            case BULK_PUBLISH -> throw new IllegalStateException("Files are not requested by subject");
        };
        return URI.create(base + query);
    }

    private static String practitioners(Question question, String includes) {
        return "/Slot?" + includes + bounds("start", question.window())
                + "&schedule.actor:Practitioner.identifier=" + identifiers(PractitionerId.SYSTEM, question.asked())
                + "&status=free";
    }

    private static String associations(Question question) {
        return "/Schedule?_revinclude=Slot:schedule&_include=Schedule:actor:Location&_include:iterate=Location:organization"
                + bounds("_has:Slot:schedule:start", question.window())
                + "&_has:Slot:schedule:status=free"
                + "&actor:Location.organization.identifier=" + identifiers(StructureId.SYSTEM, question.asked());
    }

    private static String bounds(String name, Window window) {
        return "&" + name + "=ge" + encode(INSTANT.format(window.from())) + "&" + name + "=le"
                + encode(INSTANT.format(window.to()));
    }

    private static String identifiers(String system, Set<Subject> subjects) {
        return subjects.stream()
                .map(subject -> system + "%7C" + subject.value())
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%3A", ":");
    }
}
