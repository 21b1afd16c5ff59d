package fr.sas.hub.intake;

import static fr.sas.hub.intake.Addresses.blankToNull;

import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.rule.SlotRule;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.Specialty;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Slot;
import org.jspecify.annotations.Nullable;

/** The coded words of slots. Slots repeat each other: equal values of one delivery are the same object. */
final class SlotWords {

    private final Findings findings;
    private final Map<Object, Object> seen = new HashMap<>();

    SlotWords(Findings findings) {
        this.findings = findings;
    }

    static boolean isAudience(Coding coding) {
        return FhirVocabulary.AUDIENCES.equals(coding.getSystem())
                || FhirVocabulary.AUDIENCES_SHORT.equals(coding.getSystem());
    }

    static @Nullable Audience audience(@Nullable String code) {
        for (Audience audience : AUDIENCES) {
            if (audience.code().equals(code)) {
                return audience;
            }
        }
        return null;
    }

    private static final Audience[] AUDIENCES = Audience.values();
    private static final ConsultationMode[] MODES = ConsultationMode.values();

    Set<Audience> without(Set<Audience> audiences, Audience one) {
        EnumSet<Audience> rest = EnumSet.copyOf(audiences);
        rest.remove(one);
        return shared(rest);
    }

    Set<ConsultationMode> modes(Slot slot, Entry entry) {
        EnumSet<ConsultationMode> modes = EnumSet.noneOf(ConsultationMode.class);
        for (CodeableConcept concept : slot.getServiceType()) {
            for (Coding coding : concept.getCoding()) {
                if (FhirVocabulary.CONSULTATION_MODES.equals(coding.getSystem())) {
                    ConsultationMode mode = mode(coding.getCode());
                    if (mode != null) {
                        modes.add(mode);
                    } else {
                        findings.add(
                                SlotRule.UNKNOWN_CODE, entry.path() + ".serviceType", coding.getCode(), entry.json());
                    }
                }
            }
        }
        return shared(modes);
    }

    private static @Nullable ConsultationMode mode(@Nullable String code) {
        for (ConsultationMode mode : MODES) {
            if (mode.code().equals(code)) {
                return mode;
            }
        }
        return null;
    }

    List<String> reasons(Slot slot) {
        List<String> reasons = new ArrayList<>(2);
        for (CodeableConcept concept : slot.getServiceType()) {
            String text = blankToNull(concept.getText());
            if (text != null && !reasons.contains(text)) {
                reasons.add(text);
            }
        }
        return shared(reasons);
    }

    List<Specialty> specialties(Slot slot) {
        List<Specialty> specialties = new ArrayList<>(2);
        for (CodeableConcept concept : slot.getSpecialty()) {
            String text = blankToNull(concept.getText());
            boolean coded = false;
            for (Coding coding : concept.getCoding()) {
                String code = blankToNull(coding.getCode());
                if (code != null) {
                    specialties.add(new Specialty(blankToNull(coding.getSystem()), code, coded ? null : text));
                    coded = true;
                }
            }
            if (!coded && text != null) {
                specialties.add(new Specialty(null, null, text));
            }
        }
        return shared(specialties);
    }

    @SuppressWarnings("unchecked")
    <T> Set<T> shared(Set<T> values) {
        Object same = seen.get(values);
        if (same == null) {
            same = Set.copyOf(values);
            seen.put(same, same);
        }
        return (Set<T>) same;
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> shared(List<T> values) {
        Object same = seen.get(values);
        if (same == null) {
            same = List.copyOf(values);
            seen.put(same, same);
        }
        return (List<T>) same;
    }
}
