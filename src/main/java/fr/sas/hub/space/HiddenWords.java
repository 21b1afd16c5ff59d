package fr.sas.hub.space;

import fr.sas.hub.rule.Rule;
import fr.sas.hub.slot.Fate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Explains to the owner of a slot why regulators do not see it, and what to do about it or whom to inform. For the
 * console and for vendors, {@link Fate} and {@link Rule} have their own texts.
 */
@Component
class HiddenWords {

    private static final String WHY = "people.hidden.";

    private final MessageSource messages;

    HiddenWords(MessageSource messages) {
        this.messages = messages;
    }

    /** @param rule that the vendor's entry broke, with its own text or that of its topic; null if there is none */
    String explain(Fate fate, @Nullable Rule rule, Locale locale) {
        if (rule == null || fate != Fate.REJECTED && fate != Fate.WITHHELD) {
            return messages.getMessage(WHY + fate, null, locale);
        }
        String own = messages.getMessage(WHY + "rule." + rule.id(), null, "", locale);
        return own == null || own.isEmpty()
                ? messages.getMessage(WHY + "topic." + rule.demand().topic(), null, locale)
                : own;
    }
}
