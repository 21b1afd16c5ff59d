package fr.sas.hub.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A line of an extraction that could not be used.
 *
 * @param file in the archive; null when the extraction is not an archive
 * @param line of the file, the header being 1
 * @param excerpt of the line, at most 200 characters
 */
public record SkippedLine(
        @Nullable String file,
        long line,
        Rule rule,
        @JsonProperty("sentence") String sentence,
        String excerpt) {

    public enum Rule {
        TOO_FEW_COLUMNS("The line has fewer columns than the header"),
        TOO_MANY_COLUMNS("The line has more columns than the header, so its fields are out of place"),
        TOO_LONG("The line is longer than 65,536 characters"),
        BROKEN_CHARACTERS("The line contains bytes that are not text in the file's encoding"),
        NO_PRACTITIONER_ID("The line identifies no practitioner"),
        BAD_PRACTITIONER_ID(
                "The national identifier is neither 8 followed by an RPPS number nor 0 followed by an ADELI number"),
        NO_NAME("The practitioner has no name");

        final String sentence;

        Rule(String sentence) {
            this.sentence = sentence;
        }
    }
}
