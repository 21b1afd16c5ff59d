package fr.sas.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.vendor.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The examples of the official package, where it is at hand, on a clock of their own time. */
class OfficialExamplesTest {

    private static final Path EXAMPLES = Path.of("../shared/sas-ig/example");

    @Test
    void the_individual_example_is_read_whole() throws IOException {
        Read read = example("PSIndiv").at("2021-11-04T00:00:00Z").as(Flow.INDIVIDUAL);

        assertThat(read.slots()).hasSize(4);
        assertThat(read.rejected() + read.withheld()).isZero();
        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
    }

    @Test
    void the_cpts_example_is_read_whole() throws IOException {
        Read read = example("CPTS").at("2024-06-12T00:00:00Z").as(Flow.CPTS);

        assertThat(read.slot().communities()).isNotEmpty();
        assertThat(read.rejected() + read.withheld()).isZero();
        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
    }

    @Test
    void the_sos_example_is_read_whole() throws IOException {
        Read read = example("AgregateurSOS").at("2023-08-18T00:00:00Z");

        assertThat(read.slots()).hasSize(4);
        assertThat(read.rejected() + read.withheld()).isZero();
        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
    }

    /** Asked for exactly those whom the example names. */
    private static Read example(String name) throws IOException {
        assumeTrue(
                Files.isDirectory(EXAMPLES),
                "The official package is not at ../shared/sas-ig: its examples are not read");
        String json = Files.readString(EXAMPLES.resolve("Bundle-ExampleBundle" + name + ".json"));
        Read read = Read.of(json).within(Duration.ofDays(3));
        for (JsonNode entry : new ObjectMapper().readTree(json).path("entry")) {
            JsonNode resource = entry.path("resource");
            String national = resource.at("/identifier/0/value").asText();
            switch (resource.path("resourceType").asText()) {
                case "Practitioner" -> read.asking(national);
                case "Organization" -> {
                    if (name.contains("SOS")) {
                        read.askingAssociations(national);
                    }
                }
                default -> {}
            }
        }
        return read;
    }
}
