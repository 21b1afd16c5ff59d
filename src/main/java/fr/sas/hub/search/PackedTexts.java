package fr.sas.hub.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Texts that resemble each other, packed so that unpacking is as fast as copying and deflating needs no search for
 * repetitions (docs/decisions/0052). A text is a sequence of steps: literal bytes, a shared phrase, or a part of the
 * previous text or of itself. A step begins with its length and kind as a number in groups of seven bits.
 *
 * <p>A text that follows another refers to that one only: where the other is left out of an answer, the text is
 * unpacked and packed again by itself.
 */
final class PackedTexts {

    private static final int OWN = 0;
    /**
     * From the previous text, starting where its last referenced part ends plus the number of bytes written here since.
     */
    private static final int ALIGNED = 1;

    private static final int PHRASE = 2;
    /** From the previous text (odd position) or from this one. */
    private static final int EARLIER = 3;

    private static final int SHORTEST = 4;
    private static final int SHORTEST_NAMED = 6;
    /** The positions of a repeated part are recorded one by one at its beginning, then at intervals. */
    private static final int CLOSELY = 16;

    private static final int SPARSELY = 4;
    /** How many bytes are read to hash six. */
    static final int HASHED = 8;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BUCKETS = 1 << 11;

    private final PackedBytes out;
    private byte[] before = {};
    /** The last position of six bytes plus one, by their hash; 0 for none. */
    private int[] placesBefore = new int[BUCKETS];

    private int[] places = new int[BUCKETS];

    PackedTexts(PackedBytes out) {
        this.out = out;
    }

    /**
     * @param follows whether it may refer to the text packed last
     * @return the number of bytes it takes
     */
    int add(byte[] text, boolean follows) {
        int from = out.length();
        if (!follows) {
            before = new byte[0];
            Arrays.fill(placesBefore, 0);
        }
        Arrays.fill(places, 0);
        int own = 0;
        int aligned = 0;
        int at = 0;
        while (at < text.length) {
            int length = same(before, aligned + at - own, text, at);
            int kind = ALIGNED;
            int place = aligned + at - own;
            if (length < SHORTEST) {
                length = 0;
                if (at + HASHED <= text.length) {
                    long phrase = Phrases.longest(text, at);
                    length = (int) phrase;
                    kind = PHRASE;
                    place = (int) (phrase >>> 32);
                    int bucket = hash(text, at) & BUCKETS - 1;
                    int earlier = placesBefore[bucket] - 1;
                    int same = earlier < 0 ? 0 : same(before, earlier, text, at);
                    if (same > length) {
                        length = same;
                        kind = EARLIER;
                        place = earlier << 1 | 1;
                    }
                    earlier = places[bucket] - 1;
                    same = earlier < 0 ? 0 : Math.min(at - earlier, same(text, earlier, text, at));
                    if (same > length) {
                        length = same;
                        kind = EARLIER;
                        place = earlier << 1;
                    }
                }
            }
            if (length < (kind == ALIGNED ? SHORTEST : SHORTEST_NAMED)) {
                note(text, at, 1);
                at++;
                continue;
            }
            writeOwn(text, own, at);
            aligned += at - own + length;
            out.number(length << 2 | kind);
            if (kind != ALIGNED) {
                out.number(place);
                if (kind == EARLIER && (place & 1) != 0) {
                    aligned = (place >> 1) + length;
                }
            }
            note(text, at, length);
            at += length;
            own = at;
        }
        writeOwn(text, own, at);
        before = text;
        int[] old = placesBefore;
        placesBefore = places;
        places = old;
        return out.length() - from;
    }

    private void writeOwn(byte[] text, int from, int to) {
        if (to > from) {
            out.number(to - from << 2 | OWN);
            out.bytes(text, from, to - from);
        }
    }

    private void note(byte[] text, int from, int length) {
        int to = Math.min(from + length, text.length - HASHED + 1);
        for (int at = from; at < to; at += at - from < CLOSELY ? 1 : SPARSELY) {
            places[hash(text, at) & BUCKETS - 1] = at + 1;
        }
    }

    /**
     * Writes a whole text.
     *
     * @param previous position in the answer of the text packed before it; ignored if it does not refer to it
     */
    static void write(byte[] packed, int from, int to, AnswerBytes answer, int previous) {
        int start = answer.position();
        int aligned = previous;
        int at = from;
        while (at < to) {
            int number = packed[at++];
            if (number < 0) {
                number &= 0x7f;
                for (int shift = 7; ; shift += 7) {
                    byte more = packed[at++];
                    number |= (more & 0x7f) << shift;
                    if (more >= 0) {
                        break;
                    }
                }
            }
            int length = number >>> 2;
            int kind = number & 3;
            if (kind == OWN) {
                answer.put(packed, at, length);
                at += length;
                aligned += length;
            } else if (kind == ALIGNED) {
                answer.repeat(aligned, length);
                aligned += length;
            } else {
                int place = 0;
                for (int shift = 0; ; shift += 7) {
                    byte more = packed[at++];
                    place |= (more & 0x7f) << shift;
                    if (more >= 0) {
                        break;
                    }
                }
                if (kind == PHRASE) {
                    answer.phrase(place, length);
                    aligned += length;
                } else if ((place & 1) == 0) {
                    answer.repeat(start + (place >> 1), length);
                    aligned += length;
                } else {
                    answer.repeat(previous + (place >> 1), length);
                    aligned = previous + (place >> 1) + length;
                }
            }
        }
    }

    /** The hash of the six bytes at this position; at least two more must follow. */
    static int hash(byte[] text, int at) {
        long eight = (long) EIGHT_BYTES.get(text, at);
        return (int) ((eight << 16) * 0x9E3779B97F4A7C15L >>> 48);
    }

    /** The number of equal bytes from these positions on. */
    static int same(byte[] one, int from, byte[] other, int at) {
        if (from < 0 || from >= one.length) {
            return 0;
        }
        int longest = Math.min(one.length - from, other.length - at);
        int differs = Arrays.mismatch(one, from, from + longest, other, at, at + longest);
        return differs < 0 ? longest : differs;
    }
}
