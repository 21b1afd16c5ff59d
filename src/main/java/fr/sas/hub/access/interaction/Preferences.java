package fr.sas.hub.access.interaction;

import java.util.ArrayList;
import java.util.List;
import org.springframework.util.MimeTypeUtils;

/** A caller's preferences (RFC 7240): {@code Prefer} headers, each a list of preferences with or without parameters. */
public record Preferences(List<String> each) {

    public Preferences {
        each = List.copyOf(each);
    }

    /** @param headers the values of all {@code Prefer} headers, unparsed */
    public static Preferences in(List<String> headers) {
        List<String> each = new ArrayList<>();
        for (String header : headers) {
            for (String preference : MimeTypeUtils.tokenize(header)) {
                each.add(preference.split(";", 2)[0]);
            }
        }
        return new Preferences(each);
    }

    public boolean hold(String name, String value) {
        for (String preference : each) {
            String[] pair = preference.split("=", 2);
            if (pair.length == 2
                    && pair[0].strip().equalsIgnoreCase(name)
                    && unquoted(pair[1].strip()).equalsIgnoreCase(value)) {
                return true;
            }
        }
        return false;
    }

    private static String unquoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
