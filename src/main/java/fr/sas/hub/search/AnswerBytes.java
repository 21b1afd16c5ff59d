package fr.sas.hub.search;

/** An answer being put together, plain or gzipped. */
interface AnswerBytes {

    void put(Piece piece);

    /** Bytes of this answer alone, few of them. */
    void put(byte[] bytes);

    /** Ends the answer; nothing may be put after it. */
    void end();

    byte[] array();

    int length();
}
