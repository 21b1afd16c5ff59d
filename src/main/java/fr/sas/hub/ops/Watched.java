package fr.sas.hub.ops;

/** Something else the first page keeps an eye on: every bean of this type has a tile, in the order of {@code @Order}. */
interface Watched {

    /** Never throws: what cannot be looked at is a bad tile that says so. */
    Tile look();
}
