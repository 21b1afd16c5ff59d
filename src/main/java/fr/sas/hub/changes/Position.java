package fr.sas.hub.changes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a consumer has read. A subject has one row, at the position of its last change. A consumer on its way to the last
 * position therefore skips subjects that have moved on in the meantime, and receives what it missed about them at their later
 * position. Until a page takes it to the last position, what it receives thus depends on where it set out. So does what it
 * misses if the database loses its last changes: subjects that had moved on may then be back at positions that it has already
 * passed.
 *
 * @param at rows up to here have been read
 * @param told changes of resources up to here are known to the consumer; 0 when it holds nothing
 * @param removed resources removed up to here are no longer held by the consumer
 * @param setOut the last position when its first page was read, or an earlier one; at least {@code removed}
 */
public record Position(long at, long told, long removed, long setOut) {

    /** The position of a consumer that holds nothing and wants everything. */
    public static final Position NOTHING = of(0);

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18})-(\\d{1,18})(?:-(\\d{1,18}))?)?");

    /** The position of a consumer that holds everything as it was then. */
    public static Position of(long at) {
        return new Position(at, at, at, at);
    }

    /** Reads what {@link #toString} wrote, which is opaque to consumers; empty when the text is not a position. */
    public static Optional<Position> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        long at = Long.parseLong(written.group(1));
        if (written.group(2) == null) {
            return Optional.of(of(at));
        }
        long removed = Long.parseLong(written.group(3));
        Position position = new Position(
                at,
                Long.parseLong(written.group(2)),
                removed,
                written.group(4) == null ? removed : Long.parseLong(written.group(4)));
        return Optional.of(position).filter(Position::isPossible);
    }

    /** On the way from everything as it was once, or from nothing. */
    private boolean isPossible() {
        return told < at && (told == removed || told == 0) && setOut >= removed;
    }

    /** Whether its consumer holds everything as it was then, and is not on the way to a later position. */
    public boolean isOfAll() {
        return told == at && removed == at;
    }

    boolean isNothing() {
        return at == 0;
    }

    /** Whether its consumer has nothing, or is on the way from nothing to everything. */
    boolean isWithoutAll() {
        return told == 0;
    }

    boolean isOnTheWay() {
        return told != at;
    }

    /** The position after a page that ended before the last position. */
    Position onTheWay(long next, long last) {
        return onTheWay(next, last, last);
    }

    private Position onTheWay(long next, long last, long lastAtFirst) {
        return new Position(next, told, isNothing() ? last : removed, isOnTheWay() ? setOut : lastAtFirst);
    }

    /** The same, as if its consumer had set out as early as possible; shorter, and understood by the previous release. */
    public Position withoutSettingOut() {
        return new Position(at, told, removed, removed);
    }

    /** The same, whose consumer has set out then, or later. */
    public Position settingOutAt(long then) {
        return isOnTheWay() ? new Position(at, told, removed, Math.max(removed, then)) : this;
    }

    /** Whether only {@link #setOut} shows that its consumer did not set out as early as possible. */
    public boolean isWrittenWithSettingOut() {
        return isOnTheWay() && setOut != removed;
    }

    /**
     * The position of a consumer that starts here and receives nothing beyond a mark: it may have missed subjects that have moved beyond
     * the mark, and receives what it missed about them there.
     *
     * @param mark where a page ended that began here
     * @param read where a page ends now that begins here
     */
    public Position onTheWay(Position mark, Position read) {
        return onTheWay(Math.max(at, Math.min(mark.at, read.at)), mark.removed, mark.setOut);
    }

    @Override
    public String toString() {
        return isOnTheWay()
                ? at + "-" + told + "-" + removed + (isWrittenWithSettingOut() ? "-" + setOut : "")
                : String.valueOf(at);
    }
}
