package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;

/** What is wrong with a form, beside its fields. */
final class FormFaults {

    private FormFaults() {}

    /**
     * By field; of several of one field the first. What cannot be read is told by the form's own sentence, where it has one.
     *
     * @param form what its messages begin with, such as {@code people.form}: {@code people.form.fault.date}
     */
    static Map<String, String> of(InvalidInput invalid, String form, MessageSource messages, Locale locale) {
        Map<String, String> faults = new LinkedHashMap<>();
        for (InvalidInput.Fault fault : invalid.faults()) {
            String field = fault.field().replaceAll("\\[\\d+]$", "");
            String own = messages.getMessage(
                    form + ".fault." + field.substring(field.lastIndexOf('.') + 1), null, "", locale);
            faults.putIfAbsent(
                    field, fault.unreadable() && own != null && !own.isEmpty() ? own : spoken(fault, locale));
        }
        return faults;
    }

    /** In English the rule goes on from a field's name, which the form calls otherwise. */
    private static String spoken(InvalidInput.Fault fault, Locale locale) {
        String said = fault.rule().in(locale);
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? "This field " + said + "." : said;
    }
}
