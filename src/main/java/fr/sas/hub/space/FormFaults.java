package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.TooOften;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.MessageSource;

/** What is wrong with a form, for display next to its fields. */
final class FormFaults {

    private FormFaults() {}

    /**
     * The first fault of each field. For unreadable values the form's own message is used, if it has one.
     *
     * @param form prefix of its messages, such as {@code people.form}: {@code people.form.fault.date}
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

    /** For a mailbox that gets no more mails for a while. @param field where it was typed */
    static Map<String, String> of(TooOften refusal, String field, Locale locale) {
        return Map.of(field, refusal.rule().in(locale));
    }

    /** In English a rule that has no sentence for people continues the name of a field, for which the form uses another name. */
    private static String spoken(InvalidInput.Fault fault, Locale locale) {
        if (!locale.getLanguage().equals(Locale.ENGLISH.getLanguage())) {
            return fault.rule().in(locale);
        }
        return Objects.requireNonNullElseGet(
                fault.rule().plainEnglish(), () -> "This field " + fault.rule().english() + ".");
    }
}
