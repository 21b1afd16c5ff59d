package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.HubApplication;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.asm.AnnotationVisitor;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.jpa.repository.Query;
import org.springframework.jdbc.core.namedparam.EmptySqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;

/**
 * PostgreSQL itself checks every statement that is written as a whole in the code, native queries of repositories among them: it
 * prepares them, without running them, against the migrated tables (docs/decisions/0081). Statements that are put together at run time are left to the tests that run
 * them.
 */
@HubTest
class StatementsTest {

    private static final Pattern STATEMENT =
            Pattern.compile("\\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|LOCK TABLE|TRUNCATE)\\s[\\s\\S]*");

    private static final Pattern TEMPORARY_TABLE = Pattern.compile("\\s*CREATE TEMPORARY TABLE\\s[\\s\\S]*");

    private static final Pattern PLACEHOLDER = Pattern.compile("%(\\d\\$)?[sd]");

    private static final String QUERY = Type.getDescriptor(Query.class);

    private static final String UNDEFINED_TABLE = "42P01";

    /** PostgreSQL's codes for parameters whose types are only known from the values. */
    private static final Set<String> UNKNOWN_TYPE = Set.of("42P18", "42725");

    private record Statement(String where, String sql) {}

    @Autowired
    DataSource database;

    @Test
    void postgresql_accepts_every_statement_of_the_hub() throws Exception {
        List<Statement> statements = textsOfTheHub(STATEMENT);
        List<String> refused = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            try {
                createTemporaryTables(connection);
                for (Statement statement : statements) {
                    String why = refusal(connection, statement.sql);
                    if (why != null) {
                        refused.add(statement.where + ": " + why + "\n" + statement.sql);
                    }
                }
            } finally {
                discardTemporaryTables(connection);
            }
        }

        assertThat(refused).isEmpty();
        assertThat(statements).as("statements found").hasSizeGreaterThan(300);
        assertThat(statements)
                .extracting(Statement::where)
                .as("native queries of repositories too")
                .contains("DelegationRows.list", "Accounts.lock");
    }

    /** Some are made from others, so each is tried until those it needs are there. */
    private static void createTemporaryTables(Connection connection) throws Exception {
        List<Statement> tables = textsOfTheHub(TEMPORARY_TABLE);
        for (int pass = 0; pass < tables.size(); pass++) {
            for (Statement table : tables) {
                try (java.sql.Statement creation = connection.createStatement()) {
                    creation.execute(table.sql
                            .replace("TEMPORARY TABLE", "TEMPORARY TABLE IF NOT EXISTS")
                            .replace("ON COMMIT DROP", ""));
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).as(table.sql).isEqualTo(UNDEFINED_TABLE);
                }
            }
        }
    }

    /** The connection goes back to the hub's pool, and whoever has it next makes the same tables. */
    private static void discardTemporaryTables(Connection connection) throws SQLException {
        try (java.sql.Statement discard = connection.createStatement()) {
            discard.execute("DISCARD TEMPORARY");
        }
    }

    /** Null if PostgreSQL accepts it. */
    private static @Nullable String refusal(Connection connection, String sql) {
        String positional = NamedParameterUtils.substituteNamedParameters(sql, EmptySqlParameterSource.INSTANCE);
        try (PreparedStatement prepared = connection.prepareStatement(positional)) {
            prepared.getParameterMetaData();
            return null;
        } catch (SQLException e) {
            return UNKNOWN_TYPE.contains(e.getSQLState()) ? null : e.getMessage();
        }
    }

    private static List<Statement> textsOfTheHub(Pattern kind) throws IOException, URISyntaxException {
        Path classes = Path.of(HubApplication.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .flatMap(file -> in(file, kind))
                    .toList();
        }
    }

    private static Stream<Statement> in(Path file, Pattern kind) {
        List<Statement> found = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            new ClassReader(in).accept(new Texts(kind, found), ClassReader.SKIP_DEBUG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream();
    }

    private static final class Texts extends ClassVisitor {
        private final Pattern kind;
        private final List<Statement> found;
        private String type = "";

        Texts(Pattern kind, List<Statement> found) {
            super(Opcodes.ASM9);
            this.kind = kind;
            this.found = found;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            type = name.substring(name.lastIndexOf('/') + 1);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitLdcInsn(Object value) {
                    add(name, value);
                }

                @Override
                public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    return annotation.equals(QUERY) ? new NativeQuery(name) : null;
                }
            };
        }

        private void add(String method, @Nullable Object value) {
            if (value instanceof String text
                    && kind.matcher(text).matches()
                    && !PLACEHOLDER.matcher(text).find()) {
                found.add(new Statement(type + "." + method, text));
            }
        }

        /** Queries that are not native are Hibernate's, which checks them at every start. */
        private final class NativeQuery extends AnnotationVisitor {
            private final String method;
            private @Nullable Object query;
            private boolean isNative;

            NativeQuery(String method) {
                super(Opcodes.ASM9);
                this.method = method;
            }

            @Override
            public void visit(String name, Object value) {
                switch (name) {
                    case "value" -> query = value;
                    case "nativeQuery" -> isNative = Boolean.TRUE.equals(value);
                    default -> {}
                }
            }

            @Override
            public void visitEnd() {
                if (isNative) {
                    add(method, query);
                }
            }
        }
    }
}
