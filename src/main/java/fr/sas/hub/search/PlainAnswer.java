package fr.sas.hub.search;

import java.util.Arrays;

/** Pieces copied one behind the other. */
final class PlainAnswer implements AnswerBytes {

    private byte[] array;
    private int length;

    PlainAnswer(byte[] array) {
        this.array = array;
    }

    @Override
    public void put(Piece piece) {
        put(piece.plain);
    }

    @Override
    public void put(byte[] bytes) {
        if (length + bytes.length > array.length) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + bytes.length));
        }
        System.arraycopy(bytes, 0, array, length, bytes.length);
        length += bytes.length;
    }

    @Override
    public void end() {}

    @Override
    public byte[] array() {
        return array;
    }

    @Override
    public int length() {
        return length;
    }
}
