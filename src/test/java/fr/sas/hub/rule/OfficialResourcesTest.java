package fr.sas.hub.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the official package keeps the rules that {@code $validate} holds it to. */
class OfficialResourcesTest {

    private static final Path EXAMPLES = Path.of("../shared/sas-ig/example");

    static Stream<Path> files() throws IOException {
        return Files.isDirectory(EXAMPLES) ? Files.list(EXAMPLES).sorted() : Stream.of(EXAMPLES);
    }

    @ParameterizedTest
    @MethodSource("files")
    void breaks_no_rule_by_which_a_check_fails(Path file) throws IOException {
        assumeTrue(
                Files.isRegularFile(file),
                "The official package is not at ../shared/sas-ig: its examples are not judged");
        ObjectNode example = (ObjectNode) Examples.JSON.readTree(file.toFile());

        assertThat(Judge.resource(example).findings())
                .filteredOn(finding -> finding.rule().severity().fails())
                .extracting(finding -> finding.rule().id() + " " + finding.path() + ": " + finding.value())
                .isEmpty();
    }
}
