package fr.sas.hub.search;

import java.util.Arrays;

/** Pieces copied one after the other. */
final class PlainAnswer implements AnswerBytes {

    private byte[] array;
    private int length;

    PlainAnswer(byte[] array) {
        this.array = array;
    }

    @Override
    public void put(CompressedPiece piece) {
        put(piece.plain, 0, piece.plain.length);
    }

    @Override
    public void put(byte[] bytes, int from, int count) {
        makeRoomFor(count);
        System.arraycopy(bytes, from, array, length, count);
        length += count;
    }

    @Override
    public void repeat(int from, int count) {
        makeRoomFor(count);
        System.arraycopy(array, from, array, length, count);
        length += count;
    }

    @Override
    public void phrase(int from, int count) {
        put(Phrases.TEXT, from, count);
    }

    /** Leaves room for bytes that nobody will read. */
    void skip(int count) {
        makeRoomFor(count);
        length += count;
    }

    private void makeRoomFor(int count) {
        if (length + count > array.length) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + count));
        }
    }

    @Override
    public void end() {}

    @Override
    public int position() {
        return length;
    }

    @Override
    public byte[] array() {
        return array;
    }

    @Override
    public int length() {
        return length;
    }
}
