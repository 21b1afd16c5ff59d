package fr.sas.hub.ops;

/** Something else the first page keeps an eye on: every bean of this type has a tile, in the order of {@code @Order}. */
interface Watched {

    /** Of its title in {@code messages.properties}. */
    String key();

    /**
     * Asked only while the database answers; the database's own tile always is.
     *
     * @throws org.springframework.dao.DataAccessException when it does not after all: the tile says so
     */
    Tile look();
}
