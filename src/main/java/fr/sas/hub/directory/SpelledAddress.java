package fr.sas.hub.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address normalised as people read it: "12 B av. du Gal Leclerc, ST ETIENNE CEDEX 2" is "12 bis avenue du Général
 * Leclerc, Saint-Étienne". Compares only the places of one practitioner; for a general key see {@link PlaceKeys}.
 *
 * @param street null when too little is given to recognise a place by
 */
record SpelledAddress(@Nullable String street, String postalCode, String city) {

    /** Abbreviations from the postal address standard (AFNOR XP Z 10-011), and those in common use. */
    private static final Map<String, String> LONG = Map.ofEntries(
            Map.entry("all", "allee"),
            Map.entry("av", "avenue"),
            Map.entry("ave", "avenue"),
            Map.entry("bd", "boulevard"),
            Map.entry("bld", "boulevard"),
            Map.entry("blvd", "boulevard"),
            Map.entry("ch", "chemin"),
            Map.entry("che", "chemin"),
            Map.entry("chem", "chemin"),
            Map.entry("crs", "cours"),
            Map.entry("fbg", "faubourg"),
            Map.entry("fg", "faubourg"),
            Map.entry("imp", "impasse"),
            Map.entry("pl", "place"),
            Map.entry("r", "rue"),
            Map.entry("res", "residence"),
            Map.entry("rte", "route"),
            Map.entry("sq", "square"),
            Map.entry("st", "saint"),
            Map.entry("ste", "sainte"),
            Map.entry("cdt", "commandant"),
            Map.entry("col", "colonel"),
            Map.entry("dr", "docteur"),
            Map.entry("gal", "general"),
            Map.entry("gen", "general"),
            Map.entry("mal", "marechal"),
            Map.entry("pdt", "president"),
            Map.entry("pr", "professeur"),
            Map.entry("prof", "professeur"));

    private static final Map<String, String> AFTER_A_NUMBER = Map.of("b", "bis", "t", "ter", "q", "quater");

    /** Parts of a town's name that the postal code expresses better: CEDEX 2, 7e arrondissement. */
    private static final Set<String> NOT_THE_TOWN = Set.of("cedex", "e", "er", "eme", "arrondissement");

    static SpelledAddress of(@Nullable String line, @Nullable String postalCode, @Nullable String city) {
        String code = String.join("", words(postalCode));
        String street = String.join("", longForms(words(line)));
        List<String> town = longForms(words(city)).stream()
                .filter(word -> !NOT_THE_TOWN.contains(word) && !isNumber(word))
                .toList();
        return new SpelledAddress(street.isEmpty() || code.isEmpty() ? null : street, code, String.join("", town));
    }

    private static List<String> longForms(List<String> words) {
        List<String> all = new ArrayList<>(words.size());
        String before = "";
        for (String word : words) {
            String index = isNumber(before) ? AFTER_A_NUMBER.get(word) : null;
            all.add(index != null ? index : LONG.getOrDefault(word, word));
            before = word;
        }
        return all;
    }

    /** Letters or digits, in lower case, without accents; a number ends where letters begin. */
    private static List<String> words(@Nullable String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        String plain = text == null ? "" : PlaceKeys.apart(text);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            boolean goes = Character.isLetterOrDigit(c);
            boolean turns =
                    !word.isEmpty() && Character.isDigit(c) != Character.isDigit(word.charAt(word.length() - 1));
            if (!word.isEmpty() && (!goes || turns)) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (goes) {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && Character.isDigit(word.charAt(0));
    }
}
