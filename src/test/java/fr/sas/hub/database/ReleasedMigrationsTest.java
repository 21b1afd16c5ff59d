package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.LastRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last release goes on working while nodes of this one have migrated (docs/upgrade.md): migrations since then only expand. */
class ReleasedMigrationsTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    private static final Pattern CREATES =
            Pattern.compile("create (?:unlogged )?table (?:if not exists )?([a-z_0-9]+)\\b.*");
    private static final Pattern INDEXES =
            Pattern.compile("create (unique )?index [a-z_0-9]+ on ([a-z_0-9]+) \\((.*)\\).*");
    private static final Pattern ALTERS = Pattern.compile("alter table ([a-z_0-9]+) (.*)");
    private static final Pattern INSERTS = Pattern.compile("insert into ([a-z_0-9]+)\\b.*");
    private static final Pattern TUNES =
            Pattern.compile("alter index [a-z_0-9]+ set \\(.*\\)|select gin_clean_pending_list\\(.*\\)");
    private static final Pattern ADDED = Pattern.compile("\\badd column (?:if not exists )?([a-z_0-9]+)");
    private static final Pattern ADDS = Pattern.compile("add column (?:if not exists )?[a-z_0-9]+ .*");

    @Test
    void what_is_released_stays_as_it_is() throws IOException {
        assertThat(LastRelease.migrations())
                .hasSizeGreaterThan(50)
                .isSubsetOf(scripts().map(this::line).toList());
    }

    @Test
    void what_was_added_since_changes_nothing_that_the_last_release_reads_or_writes() throws IOException {
        Set<String> released = LastRelease.migrations().stream()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .collect(Collectors.toSet());
        List<Path> added = scripts()
                .filter(script -> !released.contains(script.getFileName().toString()))
                .toList();

        assertThat(breaking(added.stream().map(ReleasedMigrationsTest::read).toList()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE index_slot",
                "ALTER TABLE index_slot DROP COLUMN place",
                "ALTER TABLE index_slot RENAME COLUMN place TO site",
                "ALTER TABLE index_slot ADD COLUMN site text NOT NULL",
                "ALTER TABLE index_slot ADD COLUMN site text, ALTER COLUMN place SET NOT NULL",
                "ALTER TABLE index_slot ADD COLUMN site text UNIQUE",
                "CREATE UNIQUE INDEX one_place ON index_slot (place)",
                "CREATE UNIQUE INDEX one_place ON index_slot (source, place)",
                "UPDATE index_slot SET place = ''",
                "INSERT INTO index_slot DEFAULT VALUES"
            })
    void what_would_change_it_is_seen(String statement) {
        assertThat(breaking(List.of(statement))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE fresh (id text NOT NULL); ALTER TABLE fresh ALTER COLUMN id SET STORAGE EXTERNAL; INSERT INTO fresh VALUES ('')",
                "ALTER TABLE index_slot ADD COLUMN site text -- null: unknown; not known before\n",
                "ALTER TABLE index_slot ADD COLUMN sites integer NOT NULL DEFAULT 0",
                "ALTER TABLE index_slot ADD COLUMN site text; CREATE UNIQUE INDEX one_site ON index_slot (site)",
                "CREATE INDEX by_place ON index_slot (place)",
                "ALTER INDEX by_place SET (fastupdate = off); SELECT gin_clean_pending_list('by_place')"
            })
    void what_only_expands_is_let_be(String statements) {
        assertThat(breaking(List.of(statements))).isEmpty();
    }

    /** Statements that may disturb the last release, or of which that cannot be told. */
    private static List<String> breaking(List<String> scripts) {
        List<String> statements = scripts.stream()
                .flatMap(script -> Stream.of(script.replaceAll("--.*", "").split(";")))
                .map(statement -> statement.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))
                .filter(statement -> !statement.isEmpty())
                .toList();
        Set<String> fresh = new TreeSet<>();
        statements.forEach(statement -> {
            matched(CREATES, statement).forEach(table -> fresh.add(table.group(1)));
            matched(ALTERS, statement)
                    .forEach(altered -> ADDED.matcher(altered.group(2))
                            .results()
                            .forEach(column -> fresh.add(altered.group(1) + "." + column.group(1))));
        });
        List<String> breaking = new ArrayList<>(statements);
        breaking.removeIf(statement -> expands(statement, fresh));
        return breaking;
    }

    /** @param fresh tables, and columns as {@code table.column}, which the last release does not know and leaves null */
    private static boolean expands(String statement, Set<String> fresh) {
        return CREATES.matcher(statement).matches()
                || TUNES.matcher(statement).matches()
                || matched(INDEXES, statement)
                        .anyMatch(index -> index.group(1) == null
                                || fresh.contains(index.group(2))
                                || Stream.of(index.group(3).split(", "))
                                        .allMatch(column -> fresh.contains(index.group(2) + "." + column)))
                || matched(INSERTS, statement).anyMatch(row -> fresh.contains(row.group(1)))
                || matched(ALTERS, statement)
                        .anyMatch(altered -> fresh.contains(altered.group(1)) || onlyAdds(altered.group(2)));
    }

    private static boolean onlyAdds(String actions) {
        return Stream.of(actions.split(", (?![^(]*\\))"))
                .allMatch(action -> ADDS.matcher(action).matches()
                        && !action.matches(".*\\b(unique|primary key|references|check|generated)\\b.*")
                        && (!action.contains("not null") || action.contains(" default ")));
    }

    private static Stream<MatchResult> matched(Pattern pattern, String statement) {
        var matcher = pattern.matcher(statement);
        return matcher.matches() ? Stream.of(matcher.toMatchResult()) : Stream.empty();
    }

    private String line(Path script) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(script));
            return HexFormat.of().formatHex(sum) + "  " + script.getFileName();
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path script) {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.sorted().toList().stream();
        }
    }
}
