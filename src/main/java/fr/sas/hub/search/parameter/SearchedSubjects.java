package fr.sas.hub.search.parameter;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.fhir.OutcomeIssue;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Whose slots a parameter of identifiers asks for.
 *
 * @param subjects well-formed, without duplicates, in the order of the request
 * @param remarks identifiers of another system or form, which match nobody
 */
public record SearchedSubjects(List<Subject> subjects, List<OutcomeIssue> remarks) {

    public static final int MOST = 25;

    public static SearchedSubjects ofPractitioners(QueryString query, String name) {
        return read(query, name, PractitionerId.SYSTEM, PractitionerId::parse, "RPPS or ADELI");
    }

    public static SearchedSubjects ofStructures(QueryString query, String name) {
        return read(query, name, StructureId.SYSTEM, StructureId::parse, "FINESS or SIRET");
    }

    /** When a parameter is repeated, a subject must match every occurrence (R4). */
    private static SearchedSubjects read(
            QueryString query,
            String name,
            String system,
            Function<String, Optional<? extends Subject>> parser,
            String forms) {
        List<List<SearchToken>> occurrences = SearchToken.required(query, name);
        Set<SearchToken> tokens = new LinkedHashSet<>();
        occurrences.forEach(tokens::addAll);
        if (tokens.size() > MOST) {
            throw FhirRefusal.malformed(name, "at most " + MOST + " identifiers, not " + tokens.size());
        }
        Map<SearchToken, Subject> meant = new HashMap<>();
        Set<Subject> subjects = new LinkedHashSet<>();
        List<String> nobodys = new ArrayList<>();
        for (SearchToken token : tokens) {
            Optional<? extends Subject> subject = subject(name, token, system, parser);
            if (subject.isPresent()) {
                meant.put(token, subject.get());
                subjects.add(subject.get());
            } else {
                nobodys.add(shortened(token));
            }
        }
        if (occurrences.size() > 1) {
            keepThoseInAll(occurrences, meant, subjects, name);
        }
        return new SearchedSubjects(List.copyOf(subjects), matchNobody(nobodys, name, system, forms));
    }

    private static Optional<? extends Subject> subject(
            String name, SearchToken token, String system, Function<String, Optional<? extends Subject>> parser) {
        if (token.code().isEmpty()) {
            throw FhirRefusal.malformed(name, "contains a system but no identifier: " + shortened(token));
        }
        if ("".equals(token.system())) {
            throw FhirRefusal.malformed(
                    name,
                    "every identifier here is in the system " + system + "; none is without a system: "
                            + shortened(token));
        }
        return token.isOf(system) ? parser.apply(token.code()) : Optional.empty();
    }

    private static void keepThoseInAll(
            List<List<SearchToken>> occurrences, Map<SearchToken, Subject> meant, Set<Subject> subjects, String name) {
        for (List<SearchToken> anyOf : occurrences) {
            subjects.retainAll(anyOf.stream().map(meant::get).toList());
        }
        if (subjects.isEmpty()) {
            throw FhirRefusal.malformed(
                    name,
                    "repeated, it means a subject with all of these identifiers, and there is none; to match any of "
                            + "them, separate identifiers by commas");
        }
    }

    private static List<OutcomeIssue> matchNobody(List<String> nobodys, String name, String system, String forms) {
        return nobodys.isEmpty()
                ? List.of()
                : List.of(OutcomeIssue.warning(
                        "not-found",
                        "Parameter " + name + ": no match for the identifier " + String.join(", ", nobodys)
                                + "; identifiers are " + forms + " of " + system + ", with or without prefix"));
    }

    private static String shortened(SearchToken token) {
        String text = token.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
