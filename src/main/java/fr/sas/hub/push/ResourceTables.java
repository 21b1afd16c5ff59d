package fr.sas.hub.push;

import fr.sas.hub.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Vendors' resources in PostgreSQL. Everything is bulk: one statement for all resources of a request. */
@Repository
class ResourceTables {

    /** Nothing on the wire has it; separates the elements of one row's array in one text. */
    private static final String BETWEEN = "\u0001";

    private static final int MOST_BASES = 10;

    private final JdbcTemplate jdbc;

    ResourceTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A new state of a resource. */
    record Written(Address address, long version, @Nullable Instant saidAt, boolean deleted, Content content) {}

    /**
     * Takes the vendor's turn until the end of the transaction.
     *
     * @return when this word is said: now, or the instant of the word before should a clock have gone back
     */
    Instant takeTurn(String vendor, String terms, Instant now) {
        return Objects.requireNonNull(jdbc.queryForObject(
                """
                INSERT INTO push_vendor (vendor, terms, heard_at) VALUES (?, ?, ?)
                ON CONFLICT (vendor) DO UPDATE SET heard_at = greatest(push_vendor.heard_at, excluded.heard_at)
                RETURNING heard_at""", (rs, row) -> rs.getTimestamp("heard_at").toInstant(), vendor, terms, Timestamp.from(now)));
    }

    /**
     * The addresses on which the vendor's references mean its own resources: those given, and the latest ones it ever called
     * its resources by.
     *
     * @param called what it calls them by now, and is remembered
     */
    Set<String> bases(String vendor, String descriptors, String hubs, Collection<String> called) {
        Set<String> bases = new HashSet<>(called);
        bases.addAll(List.of(descriptors, hubs));
        bases.addAll(jdbc.queryForList("SELECT unnest(bases) FROM push_vendor WHERE vendor = ?", String.class, vendor));
        if (!called.isEmpty()) {
            jdbc.update(
                    """
                    UPDATE push_vendor SET bases = (?::text[] || ARRAY(
                        SELECT b FROM unnest(bases) b WHERE b <> ALL (?::text[])))[1:%d]
                    WHERE vendor = ? AND NOT bases @> ?::text[]""".formatted(MOST_BASES),
                    called.toArray(String[]::new),
                    called.toArray(String[]::new),
                    vendor,
                    called.toArray(String[]::new));
        }
        return bases;
    }

    Map<Address, StoredResource> find(String vendor, Collection<Address> addresses) {
        Map<Address, StoredResource> found = new HashMap<>();
        jdbc.query(
                """
                SELECT type, id, version, said_at, changed_at, deleted, digest, schedule, subjects
                FROM push_resource JOIN unnest(?::text[], ?::text[]) AS n (type, id) USING (type, id) WHERE vendor = ?""",
                rs -> {
                    StoredResource kept = kept(rs);
                    found.put(kept.address(), kept);
                },
                types(addresses),
                ids(addresses),
                vendor);
        return found;
    }

    private static StoredResource kept(ResultSet rs) throws SQLException {
        return new StoredResource(
                new Address(rs.getString("type"), rs.getString("id")),
                rs.getLong("version"),
                Columns.instant(rs, "said_at"),
                rs.getTimestamp("changed_at").toInstant(),
                rs.getBoolean("deleted"),
                rs.getObject("digest", UUID.class),
                rs.getString("schedule"),
                Set.of((String[]) rs.getArray("subjects").getArray()));
    }

    Optional<StoredResource> find(String vendor, Address address) {
        return Optional.ofNullable(find(vendor, List.of(address)).get(address));
    }

    /** The content of those that are there and not deleted. */
    Map<Address, String> contents(String vendor, Collection<Address> addresses) {
        Map<Address, String> contents = new LinkedHashMap<>();
        if (addresses.isEmpty()) {
            return contents;
        }
        jdbc.query(
                """
                SELECT type, id, json FROM push_resource JOIN unnest(?::text[], ?::text[]) AS n (type, id) USING (type, id)
                WHERE vendor = ? AND NOT deleted""",
                rs -> {
                    contents.put(new Address(rs.getString("type"), rs.getString("id")), rs.getString("json"));
                },
                types(addresses),
                ids(addresses),
                vendor);
        return contents;
    }

    /**
     * The vendor's resources that have, or had, some identifiers.
     *
     * @param there of each at most a few
     * @param gone of those that nothing has any more, what was deleted last
     */
    record Matches(Map<Token, Set<Address>> there, Map<Token, Address> gone) {}

    Matches matches(String vendor, Set<Token> tokens) {
        Matches matches = new Matches(new HashMap<>(), new HashMap<>());
        if (tokens.isEmpty()) {
            return matches;
        }
        Map<String, Token> byKey = new HashMap<>();
        tokens.forEach(token -> byKey.put(token.key(), token));
        jdbc.query(
                """
                SELECT n.key, r.type, r.id, r.deleted FROM unnest(?::text[]) AS n (key)
                JOIN push_resource r ON r.identifiers @> ARRAY[n.key] AND r.identifiers <> '{}'
                WHERE r.vendor = ? ORDER BY r.deleted, r.said_at NULLS FIRST, r.changed_at""",
                rs -> {
                    Token token = java.util.Objects.requireNonNull(byKey.get(rs.getString("key")));
                    Address address = new Address(rs.getString("type"), rs.getString("id"));
                    if (!rs.getBoolean("deleted")) {
                        matches.there
                                .computeIfAbsent(token, t -> new LinkedHashSet<>())
                                .add(address);
                    } else if (!matches.there.containsKey(token)) {
                        matches.gone.put(token, address);
                    }
                },
                byKey.keySet().toArray(String[]::new),
                vendor);
        return matches;
    }

    void write(String vendor, List<Written> resources, Instant at) {
        if (resources.isEmpty()) {
            return;
        }
        jdbc.update(
                """
                INSERT INTO push_resource (vendor, type, id, version, said_at, changed_at, deleted, digest, json, refs,
                    identifiers, schedule, free, start_at, end_at)
                SELECT ?, n.type, n.id, n.version, n.said_at, ?, n.deleted, n.digest, n.json,
                       coalesce(string_to_array(nullif(n.refs, ''), b.sep), '{}'),
                       coalesce(string_to_array(nullif(n.identifiers, ''), b.sep), '{}'),
                       n.schedule, n.free, n.start_at, n.end_at
                FROM (VALUES (?::text)) AS b (sep),
                     unnest(?, ?, ?, ?::timestamptz[], ?, ?, ?, ?, ?, ?, ?, ?::timestamptz[], ?::timestamptz[])
                     AS n (type, id, version, said_at, deleted, digest, json, refs, identifiers, schedule, free, start_at, end_at)
                ON CONFLICT (vendor, type, id) DO UPDATE SET version = excluded.version, said_at = excluded.said_at,
                    changed_at = excluded.changed_at, deleted = excluded.deleted, digest = excluded.digest,
                    json = excluded.json, refs = excluded.refs,
                    identifiers = CASE WHEN excluded.deleted THEN push_resource.identifiers ELSE excluded.identifiers END,
                    schedule = excluded.schedule, free = excluded.free, start_at = excluded.start_at, end_at = excluded.end_at""",
                vendor,
                Timestamp.from(at),
                BETWEEN,
                texts(resources, written -> written.address().type()),
                texts(resources, written -> written.address().id()),
                resources.stream().map(Written::version).toArray(Long[]::new),
                texts(resources, written -> text(written.saidAt())),
                resources.stream().map(Written::deleted).toArray(Boolean[]::new),
                resources.stream().map(written -> written.content().digest()).toArray(UUID[]::new),
                texts(resources, written -> written.content().json()),
                texts(
                        resources,
                        written -> String.join(BETWEEN, written.content().refs())),
                texts(
                        resources,
                        written -> String.join(BETWEEN, written.content().identifiers())),
                texts(resources, written -> written.content().schedule()),
                resources.stream().map(written -> written.content().free()).toArray(Boolean[]::new),
                texts(resources, written -> text(written.content().start())),
                texts(resources, written -> text(written.content().end())));
    }

    /** Nothing changed, but the vendor said so later than before. */
    void saidAgain(String vendor, Map<Address, Instant> said) {
        if (said.isEmpty()) {
            return;
        }
        List<Address> addresses = List.copyOf(said.keySet());
        jdbc.update(
                """
                UPDATE push_resource r SET said_at = n.said_at FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS n (type, id, said_at)
                WHERE r.vendor = ? AND r.type = n.type AND r.id = n.id""",
                types(addresses),
                ids(addresses),
                addresses.stream().map(address -> text(said.get(address))).toArray(String[]::new),
                vendor);
    }

    /** Everything of the vendor goes. */
    void forget(String vendor) {
        jdbc.update("DELETE FROM push_resource WHERE vendor = ?", vendor);
        jdbc.update("DELETE FROM push_vendor WHERE vendor = ?", vendor);
    }

    /** What was deleted is forgotten at once: a publication has no older words. */
    void removeDeleted(String vendor) {
        jdbc.update("DELETE FROM push_resource WHERE vendor = ? AND deleted", vendor);
    }

    /** Some past slots and long deleted resources go, those that nobody works on; how many. */
    int sweep(Instant endedBefore, Instant deletedBefore, int atMost) {
        return jdbc.update("""
                        DELETE FROM push_resource WHERE (vendor, type, id) IN (SELECT vendor, type, id FROM push_resource
                        WHERE schedule IS NOT NULL AND end_at < ? ORDER BY end_at LIMIT ? FOR UPDATE SKIP LOCKED)""", Timestamp.from(endedBefore), atMost)
                + jdbc.update("""
                        DELETE FROM push_resource WHERE (vendor, type, id) IN (SELECT vendor, type, id FROM push_resource
                        WHERE deleted AND changed_at < ? ORDER BY changed_at LIMIT ? FOR UPDATE SKIP LOCKED)""", Timestamp.from(deletedBefore), atMost);
    }

    static String[] types(Collection<Address> addresses) {
        return addresses.stream().map(Address::type).toArray(String[]::new);
    }

    static String[] ids(Collection<Address> addresses) {
        return addresses.stream().map(Address::id).toArray(String[]::new);
    }

    private static @Nullable String[] texts(
            List<Written> resources, java.util.function.Function<Written, @Nullable String> text) {
        return resources.stream().map(text).toArray(String[]::new);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
