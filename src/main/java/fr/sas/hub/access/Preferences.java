package fr.sas.hub.access;

import java.util.ArrayList;
import java.util.List;
import org.springframework.util.MimeTypeUtils;

/** What a caller would rather have (RFC 7240): {@code Prefer} headers, each a list, each preference with parameters or without. */
public record Preferences(List<String> each) {

    public Preferences {
        each = List.copyOf(each);
    }

    /** @param headers of the name {@code Prefer}, as they came */
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
