package fr.sas.hub.push;

import fr.sas.hub.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Vendors' resources in PostgreSQL. Everything is done in bulk: one statement for all resources of a request. */
@Repository
class ResourceTables {

    /** Separates the elements of one row's array within a text; it never occurs in what vendors send. */
    private static final String BETWEEN = "\u0001";

    private static final int MOST_BASES = 10;

    private final JdbcClient jdbc;

    ResourceTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A new state of a resource. */
    record NewResourceState(
            ResourceAddress address,
            long version,
            @Nullable Instant saidAt,
            boolean deleted,
            ResourceContent content) {}

    /**
     * @param at the instant of this request: now, or that of the previous one if a clock has gone back
     * @param bases the latest base URLs that the vendor has used for its resources
     */
    record Turn(Instant at, Set<String> bases) {}

    /** Takes the vendor's turn until the end of the transaction. */
    Turn takeTurn(String vendor, String terms, Instant now) {
        return jdbc.sql("""
                        INSERT INTO push_vendor (vendor, terms, heard_at) VALUES (:vendor, :terms, :now)
                        ON CONFLICT (vendor) DO UPDATE SET heard_at = greatest(push_vendor.heard_at, excluded.heard_at)
                        RETURNING heard_at, bases""")
                .param("vendor", vendor)
                .param("terms", terms)
                .param("now", Timestamp.from(now))
                .query((rs, row) -> new Turn(Columns.requiredInstant(rs, "heard_at"), Set.copyOf(List.of((String[])
                        rs.getArray("bases").getArray()))))
                .single();
    }

    /** The latest base URLs that the vendor has used for its resources. */
    List<String> bases(String vendor) {
        return jdbc.sql("SELECT unnest(bases) FROM push_vendor WHERE vendor = :vendor")
                .param("vendor", vendor)
                .query(String.class)
                .list();
    }

    /** Remembers base URLs that the vendor uses for its resources; the oldest ones are forgotten. */
    void rememberBases(String vendor, Collection<String> bases) {
        jdbc.sql("""
                        UPDATE push_vendor SET bases = (:bases::text[] || ARRAY(
                            SELECT b FROM unnest(bases) b WHERE b <> ALL (:bases::text[])))[1 : :most]
                        WHERE vendor = :vendor""")
                .param("most", MOST_BASES)
                .param("bases", bases.toArray(String[]::new))
                .param("vendor", vendor)
                .update();
    }

    Map<ResourceAddress, StoredResource> find(String vendor, Collection<ResourceAddress> addresses) {
        Map<ResourceAddress, StoredResource> found = new HashMap<>();
        jdbc.sql("""
                        SELECT r.* FROM unnest(:types::text[], :ids::text[]) AS n (type, id) CROSS JOIN LATERAL (
                            SELECT type, id, version, said_at, changed_at, deleted, digest, schedule, subjects
                            FROM push_resource WHERE vendor = :vendor AND type = n.type AND id = n.id OFFSET 0) r""")
                .param("types", types(addresses))
                .param("ids", ids(addresses))
                .param("vendor", vendor)
                .query(rs -> {
                    StoredResource kept = storedResource(rs);
                    found.put(kept.address(), kept);
                });
        return found;
    }

    private static StoredResource storedResource(ResultSet rs) throws SQLException {
        return new StoredResource(
                new ResourceAddress(rs.getString("type"), rs.getString("id")),
                rs.getLong("version"),
                Columns.instant(rs, "said_at"),
                Columns.requiredInstant(rs, "changed_at"),
                rs.getBoolean("deleted"),
                rs.getObject("digest", UUID.class),
                rs.getString("schedule"),
                Set.of((String[]) rs.getArray("subjects").getArray()));
    }

    Optional<StoredResource> find(String vendor, ResourceAddress address) {
        return Optional.ofNullable(find(vendor, List.of(address)).get(address));
    }

    /** The content of those that exist and are not deleted. */
    Map<ResourceAddress, String> contents(String vendor, Collection<ResourceAddress> addresses) {
        Map<ResourceAddress, String> contents = new LinkedHashMap<>();
        if (addresses.isEmpty()) {
            return contents;
        }
        jdbc.sql("""
                        SELECT r.* FROM unnest(:types::text[], :ids::text[]) AS n (type, id) CROSS JOIN LATERAL (
                            SELECT type, id, json FROM push_resource
                            WHERE vendor = :vendor AND type = n.type AND id = n.id AND NOT deleted OFFSET 0) r""")
                .param("types", types(addresses))
                .param("ids", ids(addresses))
                .param("vendor", vendor)
                .query(rs -> {
                    contents.put(new ResourceAddress(rs.getString("type"), rs.getString("id")), rs.getString("json"));
                });
        return contents;
    }

    /**
     * The vendor's resources that have, or had, some identifiers.
     *
     * @param there those that have it now, at most a few each
     * @param gone for identifiers that no resource has now, the one deleted last
     */
    record Matches(Map<IdentifierToken, Set<ResourceAddress>> there, Map<IdentifierToken, ResourceAddress> gone) {}

    Matches matches(String vendor, Set<IdentifierToken> tokens) {
        Matches matches = new Matches(new HashMap<>(), new HashMap<>());
        if (tokens.isEmpty()) {
            return matches;
        }
        Map<String, IdentifierToken> byKey = new HashMap<>();
        tokens.forEach(token -> byKey.put(token.key(), token));
        jdbc.sql("""
                        SELECT n.key, r.type, r.id, r.deleted FROM unnest(:keys::text[]) AS n (key) CROSS JOIN LATERAL (
                            SELECT vendor, type, id, deleted, said_at, changed_at FROM push_resource
                            WHERE identifiers @> ARRAY[n.key] AND identifiers <> '{}' OFFSET 0) r
                        WHERE r.vendor = :vendor ORDER BY r.deleted, r.said_at NULLS FIRST, r.changed_at""")
                .param("keys", byKey.keySet().toArray(String[]::new))
                .param("vendor", vendor)
                .query(rs -> {
                    IdentifierToken token = java.util.Objects.requireNonNull(byKey.get(rs.getString("key")));
                    ResourceAddress address = new ResourceAddress(rs.getString("type"), rs.getString("id"));
                    if (!rs.getBoolean("deleted")) {
                        matches.there
                                .computeIfAbsent(token, t -> new LinkedHashSet<>())
                                .add(address);
                    } else if (!matches.there.containsKey(token)) {
                        matches.gone.put(token, address);
                    }
                });
        return matches;
    }

    void write(String vendor, List<NewResourceState> resources, Instant at) {
        if (resources.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO push_resource (vendor, type, id, version, said_at, changed_at, deleted, digest,
                          json, refs, identifiers, schedule, free, start_at, end_at)
                        SELECT :vendor, n.type, n.id, n.version, n.said_at, :at, n.deleted, n.digest, n.json,
                               coalesce(string_to_array(nullif(n.refs, ''), b.sep), '{}'),
                               coalesce(string_to_array(nullif(n.identifiers, ''), b.sep), '{}'),
                               n.schedule, n.free, n.start_at, n.end_at
                        FROM (VALUES (:between::text)) AS b (sep),
                             unnest(:types, :ids, :versions, :saidAt::timestamptz[], :deleted, :digests, :json, :refs,
                               :identifiers, :schedules, :free, :starts::timestamptz[], :ends::timestamptz[])
                             AS n (type, id, version, said_at, deleted, digest, json, refs, identifiers, schedule, free,
                               start_at, end_at)
                        ON CONFLICT (vendor, type, id) DO UPDATE SET version = excluded.version,
                            said_at = excluded.said_at, changed_at = excluded.changed_at, deleted = excluded.deleted, digest = excluded.digest,
                            json = excluded.json, refs = excluded.refs,
                            identifiers = CASE
                              WHEN excluded.deleted THEN push_resource.identifiers ELSE excluded.identifiers END,
                            schedule = excluded.schedule, free = excluded.free, start_at = excluded.start_at,
                            end_at = excluded.end_at""")
                .param("vendor", vendor)
                .param("at", Timestamp.from(at))
                .param("between", BETWEEN)
                .param("types", texts(resources, written -> written.address().type()))
                .param("ids", texts(resources, written -> written.address().id()))
                .param(
                        "versions",
                        resources.stream().map(NewResourceState::version).toArray(Long[]::new))
                .param("saidAt", texts(resources, written -> text(written.saidAt())))
                .param(
                        "deleted",
                        resources.stream().map(NewResourceState::deleted).toArray(Boolean[]::new))
                .param(
                        "digests",
                        resources.stream()
                                .map(written -> written.content().digest())
                                .toArray(UUID[]::new))
                .param("json", texts(resources, written -> written.content().json()))
                .param(
                        "refs",
                        texts(
                                resources,
                                written ->
                                        String.join(BETWEEN, written.content().refs())))
                .param(
                        "identifiers",
                        texts(
                                resources,
                                written ->
                                        String.join(BETWEEN, written.content().identifiers())))
                .param(
                        "schedules",
                        texts(resources, written -> written.content().schedule()))
                .param(
                        "free",
                        resources.stream()
                                .map(written -> written.content().free())
                                .toArray(Boolean[]::new))
                .param(
                        "starts",
                        texts(resources, written -> text(written.content().start())))
                .param(
                        "ends",
                        texts(resources, written -> text(written.content().end())))
                .update();
    }

    /** For resources that have not changed but that the vendor sent again later. */
    void saidAgain(String vendor, Map<ResourceAddress, Instant> said) {
        if (said.isEmpty()) {
            return;
        }
        List<ResourceAddress> addresses = List.copyOf(said.keySet());
        jdbc.sql("""
                        UPDATE push_resource r SET said_at = n.said_at
                        FROM unnest(:types::text[], :ids::text[], :saidAt::timestamptz[]) AS n (type, id, said_at)
                        WHERE r.vendor = :vendor AND r.type = n.type AND r.id = n.id""")
                .param("types", types(addresses))
                .param("ids", ids(addresses))
                .param(
                        "saidAt",
                        addresses.stream()
                                .map(address -> text(said.get(address)))
                                .toArray(String[]::new))
                .param("vendor", vendor)
                .update();
    }

    /** Removes everything of the vendor. */
    void forget(String vendor) {
        jdbc.sql("DELETE FROM push_resource WHERE vendor = :vendor")
                .param("vendor", vendor)
                .update();
        jdbc.sql("DELETE FROM push_vendor WHERE vendor = :vendor")
                .param("vendor", vendor)
                .update();
    }

    /** Forgets deletions at once: a publication does not contain older states. */
    void removeDeleted(String vendor) {
        jdbc.sql("DELETE FROM push_resource WHERE vendor = :vendor AND deleted")
                .param("vendor", vendor)
                .update();
    }

    /** Removes some past slots and long deleted resources, except those in use at the moment. @return how many */
    int sweep(Instant endedBefore, Instant deletedBefore, int atMost) {
        return jdbc.sql("""
                        DELETE FROM push_resource WHERE (vendor, type, id) IN (
                          SELECT vendor, type, id FROM push_resource WHERE schedule IS NOT NULL AND end_at < :endedBefore
                          ORDER BY end_at LIMIT :atMost FOR UPDATE SKIP LOCKED)""")
                        .param("endedBefore", Timestamp.from(endedBefore))
                        .param("atMost", atMost)
                        .update()
                + jdbc.sql("""
                                DELETE FROM push_resource WHERE (vendor, type, id) IN (
                                  SELECT vendor, type, id FROM push_resource WHERE deleted AND changed_at < :deletedBefore
                                  ORDER BY changed_at LIMIT :atMost FOR UPDATE SKIP LOCKED)""")
                        .param("deletedBefore", Timestamp.from(deletedBefore))
                        .param("atMost", atMost)
                        .update();
    }

    static String[] types(Collection<ResourceAddress> addresses) {
        return addresses.stream().map(ResourceAddress::type).toArray(String[]::new);
    }

    static String[] ids(Collection<ResourceAddress> addresses) {
        return addresses.stream().map(ResourceAddress::id).toArray(String[]::new);
    }

    private static @Nullable String[] texts(
            List<NewResourceState> resources, java.util.function.Function<NewResourceState, @Nullable String> text) {
        return resources.stream().map(text).toArray(String[]::new);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
