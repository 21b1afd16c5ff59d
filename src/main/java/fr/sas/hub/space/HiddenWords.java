package fr.sas.hub.space;

import fr.sas.hub.rule.Rule;
import fr.sas.hub.slot.Fate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Why the regulation does not see a slot, for the person whose slot it is: what they may do about it, or whom to tell. The
 * console and vendors are told the same by {@link Fate} and {@link Rule}, in words of theirs.
 */
@Component
class HiddenWords {

    private static final String WHY = "people.hidden.";

    private final MessageSource messages;

    HiddenWords(MessageSource messages) {
        this.messages = messages;
    }

    /** @param rule that an entry of a vendor broke: its own sentence, else that of its topic; null for none */
    String why(Fate fate, @Nullable Rule rule, Locale locale) {
        if (rule == null || fate != Fate.REJECTED && fate != Fate.WITHHELD) {
            return messages.getMessage(WHY + fate, null, locale);
        }
        String own = messages.getMessage(WHY + "rule." + rule.id(), null, "", locale);
        return own == null || own.isEmpty()
                ? messages.getMessage(WHY + "topic." + rule.demand().topic(), null, locale)
                : own;
    }
}
