package fr.sas.hub.changes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a consumer has read. A subject has one row, at the position of its last change. On its way to the last position, a
 * consumer therefore skips subjects that have moved on meanwhile, and gets what it missed about them at their later position. So
 * what it is told depends on where it set out, until a page takes it to the last position.
 *
 * @param at rows up to here have been read
 * @param told changes of resources up to here are known to the consumer; 0 when it holds nothing
 * @param removed resources removed up to here are no longer held by the consumer
 */
public record Position(long at, long told, long removed) {

    /** The position of a consumer that holds nothing and wants everything. */
    public static final Position NOTHING = of(0);

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18})-(\\d{1,18}))?");

    /** The position of a consumer that holds everything as it was then. */
    public static Position of(long at) {
        return new Position(at, at, at);
    }

    /** Reads what {@link #toString} wrote, which is opaque to consumers; empty when the text is not a position. */
    public static Optional<Position> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        long at = Long.parseLong(written.group(1));
        return Optional.of(
                written.group(2) == null
                        ? of(at)
                        : new Position(at, Long.parseLong(written.group(2)), Long.parseLong(written.group(3))));
    }

    boolean isNothing() {
        return at == 0;
    }

    /** The position after a page that ended before the last position. */
    Position onTheWay(long next, long last) {
        return new Position(next, told, isNothing() ? last : removed);
    }

    /**
     * The position of a consumer that sets out from this one and is told nothing from behind a mark: it may have missed subjects that have
     * moved beyond it, and gets what it missed about them there.
     *
     * @param mark where a page ended that began here
     * @param read where a page ends now that begins here
     */
    public Position onTheWay(Position mark, Position read) {
        return onTheWay(Math.max(at, Math.min(mark.at, read.at)), mark.removed);
    }

    @Override
    public String toString() {
        return told == at ? String.valueOf(at) : at + "-" + told + "-" + removed;
    }
}
