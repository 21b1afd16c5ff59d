package fr.sas.hub.delivery;

import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Quirk;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.Flow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Maps rows of {@code connector_delivery}. */
final class DeliveryRows {

    private DeliveryRows() {}

    static Delivery delivery(ResultSet rs) throws SQLException {
        return new Delivery(
                rs.getObject("id", UUID.class),
                new Source(rs.getString("source")),
                Flow.valueOf(rs.getString("flow")),
                subjects(rs),
                new Window(Columns.requiredInstant(rs, "window_from"), Columns.requiredInstant(rs, "window_to")),
                Columns.requiredInstant(rs, "fetched_at"),
                Duration.ofMillis(rs.getInt("took_ms")),
                answer(rs),
                Arrays.stream((byte[][]) rs.getArray("pages").getArray())
                        .map(DeliveryRows::unzipped)
                        .toList(),
                Arrays.stream((String[]) rs.getArray("quirks").getArray())
                        .map(Quirk::valueOf)
                        .collect(Collectors.toSet()),
                rs.getBoolean("trial"));
    }

    static DeliverySummary summary(ResultSet rs) throws SQLException {
        return new DeliverySummary(
                rs.getObject("id", UUID.class),
                new Source(rs.getString("source")),
                Flow.valueOf(rs.getString("flow")),
                subjects(rs),
                new Window(Columns.requiredInstant(rs, "window_from"), Columns.requiredInstant(rs, "window_to")),
                Columns.requiredInstant(rs, "fetched_at"),
                Duration.ofMillis(rs.getInt("took_ms")),
                answer(rs),
                rs.getLong("bytes"),
                rs.getInt("page_count"),
                rs.getBoolean("trial"));
    }

    static Set<Subject> subjects(ResultSet rs) throws SQLException {
        return Arrays.stream((String[]) rs.getArray("asked").getArray())
                .map(Subject::ofNational)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Answer answer(ResultSet rs) throws SQLException {
        String kind = rs.getString("trouble");
        Answer.Trouble trouble =
                kind == null ? null : new Answer.Trouble(Answer.Kind.valueOf(kind), rs.getString("detail"));
        return trouble == null
                ? Answer.COMPLETE
                : rs.getString("answer").equals("PARTIAL") ? new Answer.Partial(trouble) : new Answer.Failed(trouble);
    }

    /** The partition is found from the time contained in the id. */
    static Timestamp[] spanOf(UUID id) {
        if (id.version() != 7) {
            return new Timestamp[] {new Timestamp(0), new Timestamp(Long.MAX_VALUE / 100_000)};
        }
        Instant made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        return new Timestamp[] {Timestamp.from(made), Timestamp.from(made.plusMillis(1))};
    }

    private static byte[] unzipped(byte[] page) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(page))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
