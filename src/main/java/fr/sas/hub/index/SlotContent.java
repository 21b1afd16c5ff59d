package fr.sas.hub.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.AppointmentType;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Specialty;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a row stores of a slot beside its key, with short names: there are millions of them. It is a document of this
 * room's own ({@link StoredJson}), kept for as long as the past can be explained.
 */
record SlotContent(
        List<String> a,
        List<String> m,
        List<String> r,
        List<SpecialtyContent> s,
        @Nullable String t,
        @Nullable String u,
        List<CommunityContent> c,
        int n,
        @Nullable Boolean g) {

    record SpecialtyContent(
            @Nullable String system,
            @Nullable String code,
            @Nullable String text) {}

    record CommunityContent(
            String id, @Nullable String name, @Nullable String phone) {}

    private static final ObjectMapper JSON = JsonMapper.builder()
            // a node running a newer hub may have written it
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY)
            .build();
    private static final ObjectWriter WRITER = JSON.writerFor(SlotContent.class);
    private static final ObjectReader READER = JSON.readerFor(SlotContent.class);

    SlotContent {
        a = a == null ? List.of() : a;
        m = m == null ? List.of() : m;
        r = r == null ? List.of() : r;
        s = s == null ? List.of() : s;
        c = c == null ? List.of() : c;
    }

    /** Sets are written in the order of their constants, so that equal slots serialize equally. */
    static String write(Slot slot) {
        URI page = slot.bookingPage();
        AppointmentType type = slot.appointmentType();
        SlotContent content = new SlotContent(
                inOrder(slot.audiences(), Audience.values()),
                inOrder(slot.modes(), ConsultationMode.values()),
                slot.reasons(),
                slot.specialties().stream()
                        .map(one -> new SpecialtyContent(one.system(), one.code(), one.text()))
                        .toList(),
                type == null ? null : type.name(),
                page == null ? null : page.toString(),
                slot.communities().stream()
                        .map(c -> new CommunityContent(c.id().value(), c.name(), c.phone()))
                        .toList(),
                slot.capacity(),
                slot.forSeveral() && slot.capacity() == 1 ? true : null);
        try {
            return WRITER.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A slot can always be serialized", e);
        }
    }

    private static <E extends Enum<E>> List<String> inOrder(Set<E> values, E[] all) {
        List<String> ordered = new ArrayList<>(values.size());
        for (E value : all) {
            if (values.contains(value)) {
                ordered.add(value.name());
            }
        }
        return ordered;
    }

    /** As {@link #read(Subject, String, Instant, Instant, String, String)}, from the columns of a row of slots, present or gone. */
    static @Nullable Slot read(Subject subject, ResultSet rs) throws SQLException {
        return read(
                subject,
                rs.getString("place"),
                Columns.requiredInstant(rs, "start_at"),
                Columns.requiredInstant(rs, "end_at"),
                rs.getString("reference"),
                rs.getString("content"));
    }

    /** Null for a slot that is only for audiences of which a newer hub knows. */
    static @Nullable Slot read(
            Subject subject, String place, Instant start, Instant end, String reference, String text) {
        try {
            SlotContent content = READER.readValue(text);
            Set<Audience> audiences = constants(content.a, Audience.class);
            if (audiences.isEmpty()) {
                return null;
            }
            return new Slot(
                    subject,
                    place,
                    start,
                    end,
                    audiences,
                    constants(content.m, ConsultationMode.class),
                    content.r,
                    content.s.stream()
                            .filter(one -> one.code != null || one.text != null)
                            .map(one -> new Specialty(one.system, one.code, one.text))
                            .toList(),
                    StoredJson.constant(AppointmentType.class, content.t),
                    content.u == null ? null : URI.create(content.u),
                    content.c.stream()
                            .map(c -> new Community(new StructureId(c.id), c.name, c.phone))
                            .toList(),
                    content.n,
                    reference,
                    content.n > 1 || content.g != null && content.g);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored slot can always be parsed: " + reference, e);
        }
    }

    private static <E extends Enum<E>> Set<E> constants(List<String> texts, Class<E> type) {
        EnumSet<E> words = EnumSet.noneOf(type);
        for (String text : texts) {
            E word = StoredJson.constant(type, text);
            if (word != null) {
                words.add(word);
            }
        }
        return words;
    }
}
