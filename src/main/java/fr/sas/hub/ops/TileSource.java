package fr.sas.hub.ops;

/** Something else the first page monitors: every bean of this type has a tile, in the order of {@code @Order}. */
interface TileSource {

    /** Key of its title in {@code messages.properties}. */
    String key();

    /**
     * Called only while the database answers; for the database's own tile, always.
     *
     * @throws org.springframework.dao.DataAccessException if it does not answer after all: the tile then says so
     */
    Tile tile();
}
