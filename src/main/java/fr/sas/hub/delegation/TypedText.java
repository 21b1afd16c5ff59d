package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.Wording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a person's details as typed in, and reports every fault, field by field. */
public final class TypedText {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_REASON = 500;

    private final List<InvalidInput.Fault> faults = new ArrayList<>();

    public String name(String field, @Nullable String text) {
        return text(field, text, LONGEST_NAME);
    }

    public String reason(String field, @Nullable String text) {
        return text(field, text, LONGEST_REASON);
    }

    private String text(String field, @Nullable String text, int longest) {
        String typed = text == null ? "" : text.strip();
        if (typed.isEmpty() || typed.codePointCount(0, typed.length()) > longest) {
            fault(
                    field,
                    new Wording(
                            "must have 1 to " + longest + " characters",
                            "Ce champ doit avoir de 1 à " + longest + " caractères."));
        } else if (!typed.codePoints().allMatch(TypedText::isText)) {
            fault(field, new Wording("must be on a single line", "Ce champ doit tenir sur une ligne."));
        }
        return typed;
    }

    public @Nullable EmailAddress email(String field, @Nullable String text) {
        EmailAddress address = EmailAddress.parse(text).orElse(null);
        if (address == null) {
            fault(field, EmailAddress.RULE);
        }
        return address;
    }

    public void fault(String field, Wording rule) {
        faults.add(new InvalidInput.Fault(field, rule));
    }

    /** @throws InvalidInput if anything was wrong */
    public void check() {
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
    }

    private static boolean isText(int character) {
        return !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
    }
}
