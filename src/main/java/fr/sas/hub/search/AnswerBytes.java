package fr.sas.hub.search;

/** An answer being put together, plain or gzipped. */
interface AnswerBytes {

    void put(Piece piece);

    void put(byte[] bytes, int from, int length);

    /** Bytes of this answer alone, few of them. */
    default void put(byte[] bytes) {
        put(bytes, 0, bytes.length);
    }

    /** Once more what stands in this answer from such a {@link #position} on; all of it stands there already. */
    void repeat(int from, int length);

    /** A run of {@link Phrases#TEXT}. */
    void phrase(int from, int length);

    /** How many bytes were put, before they are compressed. */
    int position();

    /** Ends the answer; nothing may be put after it. */
    void end();

    byte[] array();

    int length();
}
