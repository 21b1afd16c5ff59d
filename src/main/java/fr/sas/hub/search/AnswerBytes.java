package fr.sas.hub.search;

/** An answer under construction, plain or gzipped. */
interface AnswerBytes {

    void put(CompressedPiece piece);

    void put(byte[] bytes, int from, int length);

    /** A small number of bytes specific to this answer. */
    default void put(byte[] bytes) {
        put(bytes, 0, bytes.length);
    }

    /** A text that is packed as one that follows another, which is not in this answer. */
    default void putAlone(byte[] text) {
        put(text);
    }

    /**
     * Writes consecutive slots of a subject at once, if this answer has them ready.
     *
     * @param between the bytes between two of them
     * @return whether they were written; nothing may then {@link #repeat} them
     */
    default boolean putReady(ShelvedSubject subject, int first, int last, byte[] between) {
        return false;
    }

    /** Repeats bytes of this answer, starting at such a {@link #position}; all of them have already been written. */
    void repeat(int from, int length);

    /** A run of {@link Phrases#TEXT}. */
    void phrase(int from, int length);

    /** The number of bytes written so far, before compression. */
    int position();

    /** Ends the answer; nothing may be written after it. */
    void end();

    byte[] array();

    int length();
}
