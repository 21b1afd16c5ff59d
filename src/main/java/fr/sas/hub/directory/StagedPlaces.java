package fr.sas.hub.directory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Derives the places from an extraction's lines, set-based, in the transaction that staged the lines. Lines of one
 * practitioner denote the same place when they share a structure id; lines without one denote the place at their
 * address.
 */
final class StagedPlaces {

    /**
     * Each way in which a practitioner's lines name a place; the component is the same for those that denote one place.
     */
    private static final String NAMINGS = """
            CREATE TEMPORARY TABLE naming ON COMMIT DROP AS
            SELECT row_number() OVER () AS id, practitioner, structures, address,
                coalesce(structures[1], address) AS component, min(name) AS name, min(line) AS line,
                min(postal_code) AS postal_code, min(city) AS city, min(phone) AS phone, min(zone) AS zone,
                mode() WITHIN GROUP (ORDER BY kind) AS kind
            FROM extraction WHERE structures <> '{}' OR address IS NOT NULL GROUP BY practitioner, structures, address
            """;

    /** Repeat until nothing changes: A with B, B with C, so A with C. */
    private static final String JOIN_BY_STRUCTURE = """
            UPDATE naming n SET component = joined.component
            FROM (SELECT id, min(least) AS component
                  FROM (SELECT id, min(component) OVER (PARTITION BY practitioner, structure) AS least
                        FROM naming, unnest(structures) AS structure) shared GROUP BY id) joined
            WHERE n.id = joined.id AND joined.component < n.component
            """;

    private static final String JOIN_BY_ADDRESS = """
            UPDATE naming n SET component = there.component
            FROM (SELECT practitioner, address, min(component) AS component
                  FROM naming WHERE structures <> '{}' GROUP BY practitioner, address) there
            WHERE n.structures = '{}' AND n.practitioner = there.practitioner AND n.address = there.address
            """;

    /** The address is taken from a single line. The id is formed as in {@link PlaceKeys}: ADELI rangs come last. */
    private static final String PLACES = """
            CREATE TEMPORARY TABLE place ON COMMIT DROP AS
            SELECT practitioner, coalesce(preferred, structures[1], addresses[1]) AS id,
                coalesce(structures, '{}') AS structures, coalesce(addresses, '{}') AS addresses, name,
                (best).line, (best).postal_code, (best).city, phone, (best).zone
            FROM (SELECT n.practitioner, min(s) FILTER (WHERE s NOT LIKE '0%') AS preferred,
                      array_agg(DISTINCT s) FILTER (WHERE s IS NOT NULL) AS structures,
                      array_agg(DISTINCT n.address) FILTER (WHERE n.address IS NOT NULL) AS addresses,
                      min(n.name) AS name, min(n.phone) AS phone,
                      (array_agg(n ORDER BY n.address IS NULL, n.structures = '{}', n.structures, n.address))[1] AS best
                  FROM naming n LEFT JOIN unnest(n.structures) AS s ON true
                  GROUP BY n.practitioner, n.component) joined
            """;

    /**
     * Settings and agenda entries refer to places by id, so a known place keeps its id. A known id goes to one place
     * only, preferably one that would get it anyway, so no two places of a practitioner get the same.
     */
    private static final String KEEP_IDS = """
            UPDATE place p SET id = kept.old
            FROM (SELECT DISTINCT ON (practitioner, id) practitioner, id, old
                  FROM (SELECT DISTINCT ON (p.practitioner, k.id) p.practitioner, p.id, k.id AS old
                        FROM place p JOIN directory_place k ON k.practitioner = p.practitioner
                            AND (k.id = p.id OR k.structures && p.structures OR k.id = ANY (p.addresses))
                        ORDER BY p.practitioner, k.id, k.id = p.id DESC, k.structures && p.structures DESC, p.id) claimed
                  ORDER BY practitioner, id, old = id DESC, old) kept
            WHERE p.practitioner = kept.practitioner AND p.id = kept.id AND p.id <> kept.old
            """;

    private StagedPlaces() {}

    /** Creates the tables {@code naming} and {@code place} from the table {@code extraction}. */
    static void gather(JdbcClient jdbc) {
        jdbc.sql(NAMINGS).update();
        jdbc.sql("ANALYZE naming").update();
        int joined;
        do {
            joined = jdbc.sql(JOIN_BY_STRUCTURE).update();
        } while (joined > 0);
        jdbc.sql(JOIN_BY_ADDRESS).update();
        jdbc.sql(PLACES).update();
        jdbc.sql("ANALYZE place").update();
        jdbc.sql(KEEP_IDS).update();
    }
}
