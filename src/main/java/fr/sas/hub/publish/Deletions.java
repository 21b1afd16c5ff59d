package fr.sas.hub.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an earlier edition had and this one no longer has, in the form of Bulk Data's {@code deleted}: each line is a
 * transaction Bundle of deletions. It is computed while it is read; the same two editions always give the same lines.
 */
final class Deletions extends PublishedFile {

    private static final String ID = "\"id\":\"";

    private final EditionTables tables;
    private final EditionContents contents;
    private final long since;
    private final long edition;

    Deletions(FileSendingLimit sending, EditionTables tables, EditionContents contents, long since, long edition) {
        super(sending);
        this.tables = tables;
        this.contents = contents;
        this.since = since;
        this.edition = edition;
    }

    @Override
    public Instant modifiedAt() {
        return Instant.ofEpochMilli(edition);
    }

    /** Unknown until the file has been computed. */
    @Override
    public long length(boolean gzip) {
        return -1;
    }

    @Override
    void writeTo(Parts parts) throws IOException {
        String after = "";
        List<String> some = contents.subjectsThatLost(since, edition, after, PARTS_AT_ONCE);
        while (!some.isEmpty()) {
            Set<String> gone = gone(some);
            if (!gone.isEmpty()) {
                parts.take(List.of(PartBytes.of(List.of(bundle(gone)))));
            }
            after = some.getLast();
            some = contents.subjectsThatLost(since, edition, after, PARTS_AT_ONCE);
        }
        if (!tables.isKept(since) || !tables.isKept(edition)) {
            throw new IOException("The edition is no longer kept");
        }
    }

    /** As {@code Type/id}; resources come before those that they refer to. */
    private Set<String> gone(List<String> subjects) {
        Map<String, List<EditionContents.Row>> before = contents.partsOf(subjects, since);
        Map<String, List<EditionContents.Row>> now = contents.partsOf(subjects, edition);
        Set<String> gone = new TreeSet<>((one, other) -> other.compareTo(one));
        before.forEach((subject, parts) -> {
            Set<String> were = resources(parts);
            were.removeAll(resources(now.getOrDefault(subject, List.of())));
            gone.addAll(were);
        });
        return gone;
    }

    private static Set<String> resources(List<EditionContents.Row> parts) {
        Set<String> resources = new HashSet<>();
        for (EditionContents.Row part : parts) {
            String text = new String(part.bytes().inflated(), StandardCharsets.UTF_8);
            Arrays.stream(text.split("\n")).forEach(line -> resources.add(part.type() + "/" + idIn(line)));
        }
        return resources;
    }

    /** In every resource, the id comes directly after the type. */
    private static String idIn(String line) {
        int from = line.indexOf(ID) + ID.length();
        return line.substring(from, line.indexOf('"', from));
    }

    private static byte[] bundle(Set<String> gone) {
        StringBuilder bundle = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
        for (String resource : gone) {
            bundle.append(bundle.charAt(bundle.length() - 1) == '[' ? "" : ",")
                    .append("{\"request\":{\"method\":\"DELETE\",\"url\":\"")
                    .append(resource)
                    .append("\"}}");
        }
        return bundle.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
