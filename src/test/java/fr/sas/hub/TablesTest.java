package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A table is its room's own: SQL goes by the map too. The name says whose it is, unless the room got another name since. */
class TablesTest {

    private static final Path CODE = Path.of("src/main/java/fr/sas/hub");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern CREATED = Pattern.compile(
            "(?:CREATE\\s+(?:UNLOGGED\\s+)?(?:TABLE|VIEW)|CREATE OR REPLACE VIEW)\\s+(?:IF NOT EXISTS\\s+)?(\\w+)|RENAME TO (\\w+)");

    /** A table's name of one word is one only behind these; one of several is one wherever it stands. */
    private static final Pattern NAMED =
            Pattern.compile("\\b(?:FROM|JOIN|INTO|UPDATE)\\s+(?:ONLY\\s+)?([a-z]+)\\b|\\b([a-z]+(?:_[a-z0-9]+)+)\\b");

    /** Views that a room makes for others. */
    private static final Set<String> PUBLISHED = Set.of("directory_postal_code", "delegation_acting");

    private static final Map<String, String> ROOMS_OF_OLDER_NAMES = Map.of(
            "connector_action", "vendor",
            "connector_descriptor", "vendor",
            "connector_override", "vendor",
            "connector_delivery", "delivery",
            "connector_doubt", "vendor",
            "connector_practitioner_word", "asking",
            "connector_seeking", "asking",
            "connector_target", "asking",
            "ops_ghost_sample", "recheck",
            "ops_ghost_turn", "recheck");

    @Test
    void each_table_is_named_in_its_own_room_only() throws IOException {
        Set<String> tables = tables();
        assertThat(tables)
                .contains("appointment", "subscription", "directory_salaried", "index_slot", "account_account");

        Set<String> strangers = new TreeSet<>();
        for (Path file : files(CODE, ".java")) {
            String room = CODE.relativize(file).getName(0).toString();
            Matcher named = NAMED.matcher(Files.readString(file));
            while (named.find()) {
                String name = named.group(1) == null ? named.group(2) : named.group(1);
                if (tables.contains(name) && !room(name).equals(room)) {
                    strangers.add(CODE.relativize(file) + " names " + name);
                }
            }
        }

        assertThat(strangers).isEmpty();
    }

    private static String room(String table) {
        return ROOMS_OF_OLDER_NAMES.getOrDefault(table, table.replaceAll("_.*", ""));
    }

    private static Set<String> tables() throws IOException {
        Set<String> tables = new TreeSet<>();
        for (Path file : files(MIGRATIONS, ".sql")) {
            Matcher created = CREATED.matcher(Files.readString(file));
            while (created.find()) {
                tables.add(created.group(1) == null ? created.group(2) : created.group(1));
            }
        }
        tables.removeAll(PUBLISHED);
        return tables;
    }

    private static Iterable<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
