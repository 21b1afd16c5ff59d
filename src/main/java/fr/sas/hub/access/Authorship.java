package fr.sas.hub.access;

import org.jspecify.annotations.Nullable;

/**
 * The author of a change, as stored with it.
 *
 * @param client id of the configured client, or {@code hub}
 * @param person the person on whose behalf it wrote, in the form of {@link Person}; null when it wrote for itself
 */
public record Authorship(String client, @Nullable String person) {

    private static final Authorship HUB = new Authorship("hub", null);

    /** The author for the request served by this thread; the hub itself outside of requests. */
    public static Authorship current() {
        return Caller.current().map(Authorship::of).orElse(HUB);
    }

    private static Authorship of(Caller caller) {
        Person person = caller.person();
        return new Authorship(caller.id(), person == null ? null : person.toString());
    }

    /** Such as {@code portal for delegate alice.durand@exemple.fr}. */
    @Override
    public String toString() {
        return person == null ? client : client + " for " + person;
    }
}
