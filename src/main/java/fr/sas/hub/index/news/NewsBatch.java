package fr.sas.hub.index.news;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one node read from the outbox of news and sends to all: a node that has seen {@code from} has seen {@code to} after it.
 *
 * @param database where it was read: snapshots of another one, or of a copy of it, mean nothing here
 * @param at when it was read, by the clock of the database
 */
record NewsBatch(String database, NewsSnapshot from, NewsSnapshot to, Instant at, List<String> messages) {

    private static final String FORM = "2";
    /** Total size of the messages in one record: well below what brokers accept. */
    private static final int MOST_CHARACTERS = 256 * 1024;

    NewsBatch {
        messages = List.copyOf(messages);
    }

    /** Split into several that are small enough, of which only the last one leads further. */
    List<NewsBatch> inParts() {
        List<NewsBatch> parts = new ArrayList<>();
        List<String> some = new ArrayList<>();
        int characters = 0;
        for (String message : messages) {
            if (characters > 0 && characters + message.length() > MOST_CHARACTERS) {
                parts.add(new NewsBatch(database, from, from, at, some));
                some.clear();
                characters = 0;
            }
            some.add(message);
            characters += message.length();
        }
        parts.add(new NewsBatch(database, from, to, at, some));
        return parts;
    }

    byte[] write() {
        StringBuilder text = new StringBuilder(FORM + " " + database + " " + from + " " + to + " " + at.toEpochMilli());
        messages.forEach(message -> text.append('\n').append(message));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static NewsBatch read(byte[] written) {
        List<String> lines = new String(written, StandardCharsets.UTF_8).lines().toList();
        String[] head = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ");
        if (head.length != 5 || !head[0].equals(FORM)) {
            throw new IllegalArgumentException("Not written by a hub of this release");
        }
        return new NewsBatch(
                head[1],
                NewsSnapshot.parse(head[2]),
                NewsSnapshot.parse(head[3]),
                Instant.ofEpochMilli(Long.parseLong(head[4])),
                lines.subList(1, lines.size()));
    }
}
