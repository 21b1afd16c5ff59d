package fr.sas.hub.slot;

/** Where slots come from: a vendor, by its id (the name in its descriptor), or the agenda typed by hand. */
public record Source(String name) implements Comparable<Source> {

    public static final Source AGENDA = new Source("agenda");

    public Source {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "A source's name consists of lower-case letters, digits and hyphens: " + name);
        }
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
