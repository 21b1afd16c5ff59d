package fr.sas.hub.slot;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where slots come from: a vendor, by its id (the name in its descriptor), or the agenda typed by hand. */
public record Source(String name) implements Comparable<Source> {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public static final Source AGENDA = new Source("agenda");

    public Source {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A source's name consists of lower-case letters, digits and hyphens: " + name);
        }
    }

    /** Empty when this is no name of a source. */
    public static Optional<Source> parse(@Nullable String name) {
        return name != null && NAME.matcher(name).matches() ? Optional.of(new Source(name)) : Optional.empty();
    }

    public boolean isAgenda() {
        return equals(AGENDA);
    }

    @Override
    public int compareTo(Source other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
