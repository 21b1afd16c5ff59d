package fr.sas.hub.regulator;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.slot.PractitionerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An account on the wire. Absent fields have defaults: no national id, active. */
record RegulatorDocument(
        @Nullable String family,
        @Nullable String given,
        @Nullable String email,
        @Nullable String nationalId,
        @Nullable String lrm,
        @Nullable Boolean active) {

    private static final int LONGEST_NAME = 200;
    /** For an e-mail address by RFC 5321; for a routing key in AMQP. */
    private static final int LONGEST_ADDRESS = 254;

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]+\\.[^\\s@.]+");
    private static final Pattern NATIONAL = Pattern.compile("[0-9][0-9A-Za-z]{8,30}(/[0-9A-Za-z]{1,30})?");
    private static final Pattern LRM = Pattern.compile("fr\\.[a-z]+(?:\\.[a-z0-9]+)++");

    static RegulatorDocument of(Regulator regulator) {
        return new RegulatorDocument(
                regulator.family(),
                regulator.given(),
                regulator.email(),
                regulator.nationalId(),
                regulator.lrm(),
                regulator.active());
    }

    /** Reads every field, or reports all that break a rule. */
    Regulator toRegulator(UUID id) {
        List<InvalidInput.Fault> faults = new ArrayList<>();
        String familyName = name("family", family, faults);
        String givenName = name("given", given, faults);
        String mail = email == null ? "" : email.strip();
        if (mail.length() > LONGEST_ADDRESS || !EMAIL.matcher(mail).matches()) {
            faults.add(new InvalidInput.Fault(
                    "email",
                    "is an e-mail address; vendors are sent exactly one",
                    "Indiquez une adresse électronique, et une seule."));
        }
        String national = nationalId == null ? null : national(nationalId, faults);
        if (lrm != null && (lrm.length() > LONGEST_ADDRESS || !LRM.matcher(lrm).matches())) {
            faults.add(new InvalidInput.Fault(
                    "lrm",
                    "is an address of the Hub Santé such as fr.health.samu330",
                    "Indiquez une adresse du Hub Santé, par exemple fr.health.samu330."));
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return new Regulator(id, familyName, givenName, mail, national, lrm, !Boolean.FALSE.equals(active));
    }

    private static String name(String field, @Nullable String text, List<InvalidInput.Fault> faults) {
        String name = text == null ? "" : text.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            faults.add(new InvalidInput.Fault(
                    field,
                    "is a name of 1 to " + LONGEST_NAME + " characters",
                    "Indiquez un nom de 1 à " + LONGEST_NAME + " caractères."));
        }
        return name;
    }

    private static @Nullable String national(String text, List<InvalidInput.Fault> faults) {
        String stripped = text.strip();
        if (PractitionerId.parse(stripped).isPresent()) {
            return PractitionerId.parse(stripped).get().value();
        }
        if (!NATIONAL.matcher(stripped).matches()) {
            faults.add(
                    new InvalidInput.Fault(
                            "nationalId",
                            "is a national identifier with its prefix, such as 8 + RPPS or 3456780581/11242343; omit it when there is none",
                            "Indiquez un identifiant national avec son préfixe, par exemple 8 suivi du numéro RPPS, ou rien s'il n'y en a pas."));
            return null;
        }
        return stripped.toUpperCase(Locale.ROOT);
    }
}
