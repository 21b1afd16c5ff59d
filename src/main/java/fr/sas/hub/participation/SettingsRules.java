package fr.sas.hub.participation;

import fr.sas.hub.access.InvalidInput.Fault;
import fr.sas.hub.participation.Settings.Through;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rules of the guide for settings (DOMAIN §5), each named. Those about participation hold when the practitioner
 * participates: somebody who only refuses to be displayed answers nothing else.
 */
final class SettingsRules {

    private static final List<Function<Settings, Optional<Fault>>> RULES = List.of(
            SettingsRules::participatesThroughSomething,
            SettingsRules::namesTheStructure,
            SettingsRules::namesAPlaceWithinACpts,
            SettingsRules::answersWhetherSoftwareIsUsed,
            SettingsRules::namesAVendorWhenSoftwareIsUsed,
            SettingsRules::namesNoVendorWithoutSoftware,
            SettingsRules::declaresTwoHoursWhenSlotsDoNotShow);

    private SettingsRules() {}

    static List<Fault> faultsOf(Settings settings) {
        List<Fault> faults = new ArrayList<>();
        RULES.forEach(rule -> rule.apply(settings).ifPresent(faults::add));
        return faults;
    }

    private static Optional<Fault> participatesThroughSomething(Settings s) {
        return fault(
                s.participates() && s.participatesThrough() == null,
                "participatesThrough",
                "is needed by who participates: practice, cpts, msp or sos");
    }

    private static Optional<Fault> namesTheStructure(Settings s) {
        boolean needed =
                s.participates() && s.participatesThrough() != null && s.participatesThrough() != Through.PRACTICE;
        return fault(
                needed && s.structure() == null,
                "structure",
                "is needed by who participates through a CPTS, an MSP or SOS Médecins");
    }

    private static Optional<Fault> namesAPlaceWithinACpts(Settings s) {
        return fault(
                s.participates()
                        && s.participatesThrough() == Through.CPTS
                        && s.practiceLocations().isEmpty(),
                "practiceLocations",
                "names at least one place of practice with a CPTS");
    }

    private static Optional<Fault> answersWhetherSoftwareIsUsed(Settings s) {
        return fault(
                s.participates() && s.participatesThrough() != Through.SOS && s.usesBookingSoftware() == null,
                "usesBookingSoftware",
                "must be answered by who participates");
    }

    private static Optional<Fault> namesAVendorWhenSoftwareIsUsed(Settings s) {
        return fault(
                Boolean.TRUE.equals(s.usesBookingSoftware()) && s.vendors().isEmpty(),
                "vendors",
                "names at least one vendor when booking software is used");
    }

    private static Optional<Fault> namesNoVendorWithoutSoftware(Settings s) {
        return fault(
                Boolean.FALSE.equals(s.usesBookingSoftware()) && !s.vendors().isEmpty(),
                "vendors",
                "is empty when no booking software is used");
    }

    private static Optional<Fault> declaresTwoHoursWhenSlotsDoNotShow(Settings s) {
        boolean slotsDoNotShow = Boolean.FALSE.equals(s.usesBookingSoftware()) || s.vendorSlotsHidden();
        return fault(
                s.participates() && s.participatesThrough() != Through.SOS && slotsDoNotShow && !s.declaresTwoHours(),
                "declaresTwoHours",
                "is needed without booking software, or when its slots are refused display");
    }

    private static Optional<Fault> fault(boolean broken, String field, String rule) {
        return broken ? Optional.of(new Fault(field, rule)) : Optional.empty();
    }
}
