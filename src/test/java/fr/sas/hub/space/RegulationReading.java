package fr.sas.hub.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** « Ce que voit la régulation » as somebody reads it: the slots it shows, and its places by their address. */
record RegulationReading(List<String> slots, Map<String, RegulationPlace> places) {

    private static final Pattern PLACE = Pattern.compile("(?s)<article class=\"card place\".*?</article>");
    private static final Pattern LABEL = Pattern.compile("<h2[^>]*>([^<]*)</h2>");
    private static final Pattern PHONE = Pattern.compile("Téléphone\\h*: ([+0-9\\h]+)");
    private static final Pattern INFORMATION = Pattern.compile("<p class=\"said\">([^<]*)</p>");
    private static final Pattern THROUGH = Pattern.compile("<span>via ([^<]*)</span>(?:<span>, ([^<]*)</span>)?");
    private static final Pattern DAY_OR_TIME =
            Pattern.compile("<summary><strong>([^<]*)</strong>|<span class=\"time\">([^<]*)</span>");
    private static final String CALLED = "Peut être appelé en sus de ses disponibilités";

    static RegulationReading of(String page) {
        List<String> slots = new ArrayList<>();
        Map<String, RegulationPlace> places = new TreeMap<>();
        boolean reorientation = page.contains("<p class=\"badge\">");
        for (String place :
                PLACE.matcher(page).results().map(MatchResult::group).toList()) {
            String label = first(LABEL, place);
            places.put(
                    label,
                    new RegulationPlace(
                            international(first(PHONE, place)),
                            first(INFORMATION, place),
                            place.contains(CALLED),
                            through(place),
                            reorientation));
            slots.addAll(slots(label, place));
        }
        return new RegulationReading(slots.stream().sorted().toList(), places);
    }

    private static List<String> slots(String label, String place) {
        List<String> slots = new ArrayList<>();
        String day = "";
        for (MatchResult found : DAY_OR_TIME.matcher(place).results().toList()) {
            if (found.group(1) == null) {
                slots.add(label + " | " + day + " | " + found.group(2));
            } else {
                day = found.group(1);
            }
        }
        return slots;
    }

    private static String through(String place) {
        return THROUGH.matcher(place)
                .results()
                .findFirst()
                .map(found -> found.group(1) + " " + (found.group(2) == null ? "" : international(found.group(2))))
                .orElse("");
    }

    private static String international(String phone) {
        return phone.replaceAll("\\h", "").replaceFirst("^0", "+33");
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .findFirst()
                .map(found -> found.group(1))
                .orElse("");
    }
}
