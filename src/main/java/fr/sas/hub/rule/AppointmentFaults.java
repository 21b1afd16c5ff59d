package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults for which an appointment is refused, each of which is also a finding. */
final class AppointmentFaults {

    private final JsonNode appointment;
    private final Evidence evidence;
    private final List<JudgedAppointment.Fault> faults = new ArrayList<>();

    AppointmentFaults(JsonNode appointment, Evidence evidence) {
        this.appointment = appointment;
        this.evidence = evidence;
    }

    /** It violates the FHIR specification. */
    void malformed(Rule rule, String path, @Nullable String value) {
        add(JudgedAppointment.Kind.MALFORMED, rule, path, value);
    }

    void missing(Rule rule, String path) {
        add(JudgedAppointment.Kind.MISSING, rule, path, null);
    }

    void against(Rule rule, String path, @Nullable String value) {
        add(JudgedAppointment.Kind.AGAINST_A_RULE, rule, path, value);
    }

    private void add(JudgedAppointment.Kind kind, Rule rule, String path, @Nullable String value) {
        evidence.demand(rule, false, path, value, appointment);
        faults.add(new JudgedAppointment.Fault(kind, new Finding(rule, path, value, appointment)));
    }

    List<JudgedAppointment.Fault> all() {
        return List.copyOf(faults);
    }

    int size() {
        return faults.size();
    }

    boolean isAt(String path) {
        return faults.stream().anyMatch(fault -> fault.finding().path().equals(path));
    }
}
