package fr.sas.hub.outbox;

/**
 * Where letters go, and how.
 *
 * @param name unique; appears in addresses and figures, such as {@code accounts-agenda-soleil}
 * @param channel the route that carries them, {@code direct:<channel>}: it is given a {@link Letter} and ends with a
 *     {@link SendResult}
 */
public record Destination(String name, String channel) {
    public Destination {
        if (!name.matches("[a-z0-9][a-z0-9.-]{0,99}")) {
            throw new IllegalArgumentException(
                    "A destination is named with small letters, digits, dots and hyphens: " + name);
        }
        if (!channel.matches("[a-z][a-z-]{0,99}")) {
            throw new IllegalArgumentException("A channel is named with small letters and hyphens: " + channel);
        }
    }
}
