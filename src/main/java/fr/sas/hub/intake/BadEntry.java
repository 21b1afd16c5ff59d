package fr.sas.hub.intake;

import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Rule;
import org.jspecify.annotations.Nullable;

/** An entry that cannot be used; caught where the entry is, so that it costs only itself. */
final class BadEntry extends Exception {

    private final Rule code;
    private final String element;
    private final @Nullable String value;

    /** @param element the guilty element below the entry's resource, such as {@code start}; empty for the whole resource */
    BadEntry(Rule code, String element, @Nullable String value) {
        super(code.id(), null, false, false);
        this.code = code;
        this.element = element;
        this.value = value;
    }

    Finding in(Entry entry) {
        return in(entry, element);
    }

    /** The same about another element of the entry. */
    Finding in(Entry entry, String element) {
        return new Finding(code, element.isEmpty() ? entry.path() : entry.path() + "." + element, value, entry.json());
    }
}
