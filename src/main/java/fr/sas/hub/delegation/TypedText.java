package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.HiddenCharacters;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a person's details as typed in, and reports every fault, field by field. */
public final class TypedText {

    /** How many characters a name may have. */
    public static final int LONGEST_NAME = 100;

    private static final int LONGEST_REASON = 500;

    private static final Wording EMPTY =
            new Wording("must be filled in", "Remplissez ce champ.", "Fill in this field.");
    private static final Wording LINES = new Wording(
            "must be on a single line", "Ce champ doit tenir sur une ligne.", "Enter this on a single line.");

    private final List<InvalidInput.Fault> faults = new ArrayList<>();

    public String name(String field, @Nullable String text) {
        return text(field, text, LONGEST_NAME);
    }

    public String reason(String field, @Nullable String text) {
        return text(field, text, LONGEST_REASON);
    }

    private String text(String field, @Nullable String text, int longest) {
        String typed = text == null ? "" : text.strip();
        if (typed.isEmpty()) {
            fault(field, EMPTY);
        } else if (typed.codePointCount(0, typed.length()) > longest) {
            fault(
                    field,
                    new Wording(
                            "must have 1 to " + longest + " characters",
                            "Ce champ doit avoir de 1 à " + longest + " caractères.",
                            "Enter 1 to " + longest + " characters."));
        } else {
            HiddenCharacters.fault(typed)
                    .or(() -> typed.codePoints().allMatch(TypedText::isText) ? Optional.empty() : Optional.of(LINES))
                    .ifPresent(rule -> fault(field, rule));
        }
        return typed;
    }

    public @Nullable EmailAddress email(String field, @Nullable String text) {
        EmailAddress address = EmailAddress.parse(text).orElse(null);
        Wording hidden = HiddenCharacters.fault(text == null ? "" : text).orElse(null);
        if (hidden != null) {
            fault(field, hidden);
        } else if (address == null) {
            fault(field, EmailAddress.RULE);
        }
        return address;
    }

    /** Sorted, each once. A fault names its place, such as {@code territories[1]}. */
    public SortedSet<Territory> territories(String field, List<? extends @Nullable String> texts) {
        SortedSet<Territory> territories = new TreeSet<>();
        for (int i = 0; i < texts.size(); i++) {
            String one = field + "[" + i + "]";
            String text = Objects.requireNonNullElse(texts.get(i), "");
            Territory.parse(text)
                    .ifPresentOrElse(
                            territories::add,
                            () -> fault(one, HiddenCharacters.fault(text).orElse(Territory.RULE)));
        }
        return territories;
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
