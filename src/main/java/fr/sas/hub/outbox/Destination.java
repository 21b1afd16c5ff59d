package fr.sas.hub.outbox;

/**
 * Where letters go, and how.
 *
 * @param name unique; appears in URLs and metrics, such as {@code accounts-agenda-soleil}
 * @param channel the route that delivers them, {@code direct:<channel>}: it receives a {@link Letter} and ends with a
 *     {@link SendResult}
 */
public record Destination(String name, String channel) {
    public Destination {
        if (!name.matches("[a-z0-9][a-z0-9.-]{0,99}")) {
            throw new IllegalArgumentException(
                    "A destination's name consists of lower-case letters, digits, dots and hyphens: " + name);
        }
        if (!channel.matches("[a-z][a-z-]{0,99}")) {
            throw new IllegalArgumentException(
                    "A channel's name consists of lower-case letters and hyphens: " + channel);
        }
    }
}
