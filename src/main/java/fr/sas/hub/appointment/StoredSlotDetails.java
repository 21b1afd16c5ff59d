package fr.sas.hub.appointment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Subject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a row stores of {@link Appointment.SlotDetails}. */
record StoredSlotDetails(
        boolean named,
        @Nullable String family,
        List<String> given,
        @Nullable PracticeLocation place,
        Set<ConsultationMode> modes) {

    private static final ObjectMapper JSON = BoundedJson.storedMapper()
            .addModule(new JavaTimeModule())
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    StoredSlotDetails {
        given = given == null ? List.of() : given;
        modes = modes == null ? Set.of() : modes;
    }

    static String write(Appointment.SlotDetails known) {
        NamedSubject party = known.party();
        try {
            return JSON.writeValueAsString(new StoredSlotDetails(
                    party != null,
                    party == null ? null : party.family(),
                    party == null ? List.of() : party.given(),
                    known.place(),
                    new TreeSet<>(known.modes())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What is known of a slot can always be serialized", e);
        }
    }

    static Appointment.SlotDetails read(String text, Subject subject) {
        try {
            StoredSlotDetails content = JSON.readValue(text, StoredSlotDetails.class);
            return new Appointment.SlotDetails(
                    content.named ? new NamedSubject(subject, content.family, content.given) : null,
                    content.place,
                    content.modes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was stored of a slot can always be parsed", e);
        }
    }
}
