package fr.sas.hub.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A line of an extraction that could not be used.
 *
 * @param file of an archive; null when the extraction is no archive
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
        TOO_MANY_COLUMNS("The line has more columns than the header, so that its fields stand in wrong ones"),
        TOO_LONG("The line is longer than 65,536 characters"),
        BROKEN_CHARACTERS("The line has bytes that are no text in the encoding of the file"),
        NO_PRACTITIONER_ID("The line names no practitioner"),
        BAD_PRACTITIONER_ID("The national identifier is neither 8 and an RPPS nor 0 and an ADELI"),
        NO_NAME("The practitioner has no name");

        final String sentence;

        Rule(String sentence) {
            this.sentence = sentence;
        }
    }
}
