package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.Person;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.account.Visitor;
import fr.sas.hub.agenda.week.AgendaWeeks;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.delegation.Permission.Extent;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.participation.CentreSettings;
import fr.sas.hub.participation.CentreSettingsInForce;
import fr.sas.hub.participation.Centres;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.participation.SettingsInForce;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** « Vos paramètres » of a practitioner and of a health centre (guides 002 2.1, 003 2.2 to 2.4, 004 II). */
@Controller
class SettingsPage {

    static final String STEP = "/parametres";

    private static final int LISTED = 50;
    private static final String FORM = "people.settings";

    private final Participation participation;
    private final Centres centres;
    private final Directory directory;
    private final AgendaWeeks weeks;
    private final Vendors vendors;
    private final Dashboards dashboards;
    private final SettingsWords words;
    private final LastChange lastChange;
    private final MessageSource messages;

    SettingsPage(
            Participation participation,
            Centres centres,
            Directory directory,
            AgendaWeeks weeks,
            Vendors vendors,
            Dashboards dashboards,
            SettingsWords words,
            LastChange lastChange,
            MessageSource messages) {
        this.participation = participation;
        this.centres = centres;
        this.directory = directory;
        this.weeks = weeks;
        this.vendors = vendors;
        this.dashboards = dashboards;
        this.words = words;
        this.lastChange = lastChange;
        this.messages = messages;
    }

    /** An option of a list, such as a structure. */
    record Choice(String id, String label) {
        static Choice of(Facility facility) {
            String name =
                    Objects.requireNonNullElse(facility.name(), facility.id().value());
            String town = facility.city();
            return new Choice(facility.id().value(), town == null || town.isBlank() ? name : name + " (" + town + ")");
        }
    }

    @GetMapping(SpaceGuard.PRACTITIONER + STEP)
    @RequiredPermission(Permission.SETTINGS)
    String show(Subject subject, Visitor visitor, Person person, Locale locale, Model model) {
        PractitionerId practitioner = practitioner(subject);
        SettingsInForce kept = participation.settingsOf(practitioner);
        List<String> centres = dashboards.centresOf(practitioner);
        model.addAttribute("centres", centres);
        model.addAttribute(
                "first", kept.version() == 0 && centres.isEmpty() && person.kind() == Person.Kind.PRACTITIONER);
        model.addAttribute("readOnly", person.kind() == Person.Kind.DELEGATE);
        return form(visitor, practitioner, SettingsForm.of(kept.settings(), kept.version()), Map.of(), locale, model);
    }

    @PostMapping(SpaceGuard.PRACTITIONER + STEP)
    @RequiredPermission(value = Permission.SETTINGS, extent = Extent.WRITE)
    String save(
            Subject subject,
            Visitor visitor,
            @RequestParam MultiValueMap<String, String> sent,
            Locale locale,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        PractitionerId practitioner = practitioner(subject);
        SettingsForm form = SettingsForm.typed(sent);
        if (SettingsForm.first(sent, "action").equals("chercher")) {
            return form(visitor, practitioner, form, Map.of(), locale, model);
        }
        try {
            participation.set(practitioner, form.toSettings(), form.version());
            return saved(visitor, subject, "settings", next);
        } catch (InvalidInput e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return form(visitor, practitioner, form, FormFaults.of(e, FORM, messages, locale), locale, model);
        } catch (StaleWrite e) {
            SettingsInForce now = participation.settingsOf(practitioner);
            if (form.toSettings().equals(now.settings())) { // sent twice, or somebody else has chosen the same
                return saved(visitor, subject, "settings", next);
            }
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("lastChange", lastChange.of(subject, "settings", locale));
            model.addAttribute("overtaken", words.differences(form.toSettings(), now.settings(), locale));
            return form(visitor, practitioner, form.at(now.version()), Map.of(), locale, model);
        }
    }

    /** Back to the dashboard from which the form was opened, which says what was saved. */
    private static String saved(Visitor visitor, Subject subject, String done, RedirectAttributes next) {
        next.addFlashAttribute("done", done);
        return "redirect:" + SpaceAddress.dashboard(visitor, subject);
    }

    private static String savedCentre(Visitor visitor, Subject subject, CentreForm form, RedirectAttributes next) {
        return saved(visitor, subject, form.toSettings().participates() ? "centre" : "centre-left", next);
    }

    /** The list of structures, updated while a name is typed. */
    @GetMapping(SpaceGuard.PRACTITIONER + STEP + "/structures")
    @RequiredPermission(Permission.SETTINGS)
    String structures(Subject subject, @RequestParam MultiValueMap<String, String> sent, Model model) {
        SettingsForm form = SettingsForm.typed(sent);
        model.addAttribute("form", form);
        addStructures(form, model);
        return "people/settings :: structures";
    }

    private String form(
            Visitor visitor,
            PractitionerId practitioner,
            SettingsForm form,
            Map<String, String> faults,
            Locale locale,
            Model model) {
        model.addAttribute("form", form);
        model.addAttribute("faults", faults);
        model.addAttribute("owner", dashboards.name(practitioner));
        model.addAttribute("action", SpaceAddress.of(practitioner) + STEP);
        model.addAttribute("back", SpaceAddress.dashboard(visitor, practitioner));
        model.addAttribute(
                "places",
                dashboards.hasAgenda(practitioner)
                        ? weeks.places(practitioner).stream()
                                .map(WeekDrawing::place)
                                .toList()
                        : List.of());
        model.addAttribute(
                "software",
                vendors.list().stream()
                        .filter(vendor -> vendor.status() != Vendor.Status.TRIAL
                                || form.vendors().contains(vendor.source().name()))
                        .map(vendor -> new Choice(vendor.source().name(), vendor.name()))
                        .toList());
        addStructures(form, model);
        return "people/settings";
    }

    private void addStructures(SettingsForm form, Model model) {
        Settings.Through through = form.way();
        Facility.Kind kind = through == null ? null : kind(through);
        List<Choice> found = new ArrayList<>();
        StructureId.parse(form.structure())
                .flatMap(directory::facility)
                .filter(chosen -> chosen.kind() == null || chosen.kind() == kind)
                .ifPresent(chosen -> found.add(Choice.of(chosen)));
        if (kind != null) {
            String search = form.search().length() > LISTED ? form.search().substring(0, LISTED) : form.search();
            directory.facilitiesOf(kind, search, LISTED).stream()
                    .map(Choice::of)
                    .filter(choice ->
                            found.stream().noneMatch(known -> known.id().equals(choice.id())))
                    .forEach(found::add);
        }
        model.addAttribute("structures", found);
        model.addAttribute("searched", kind != null);
    }

    private static Facility.@Nullable Kind kind(Settings.Through through) {
        return switch (through) {
            case CPTS -> Facility.Kind.CPTS;
            case MSP -> Facility.Kind.MSP;
            case SOS -> Facility.Kind.SOS;
            case PRACTICE, CDS -> null;
        };
    }

    /** @param number as it was entered */
    record CentreForm(String number, boolean overbooking, boolean twoHours, long version) {

        static CentreForm of(CentreSettings settings, long version) {
            Integer professionals = settings.participatingProfessionals();
            return new CentreForm(
                    professionals == null ? "" : professionals.toString(),
                    settings.acceptsOverbooking(),
                    settings.declaresTwoHours(),
                    version);
        }

        static CentreForm typed(MultiValueMap<String, String> sent) {
            return new CentreForm(
                    SettingsForm.first(sent, "number"),
                    sent.containsKey("overbooking"),
                    sent.containsKey("twoHours"),
                    SettingsForm.version(sent));
        }

        CentreForm at(long current) {
            return new CentreForm(number, overbooking, twoHours, current);
        }

        CentreSettings toSettings() {
            return new CentreSettings(typedNumber(), overbooking, twoHours);
        }

        private @Nullable Integer typedNumber() {
            if (number.isBlank()) {
                return null;
            }
            try {
                return Integer.valueOf(number.strip());
            } catch (NumberFormatException e) {
                return -1;
            }
        }
    }

    @GetMapping(SpaceGuard.FACILITY + STEP)
    @RequiredPermission(Permission.SETTINGS)
    String showCentre(Subject subject, Visitor visitor, Person person, Model model) {
        StructureId centre = structure(subject);
        CentreSettingsInForce kept = centres.settingsOf(centre);
        model.addAttribute("readOnly", person.kind() == Person.Kind.DELEGATE);
        return centreForm(visitor, centre, CentreForm.of(kept.settings(), kept.version()), Map.of(), model);
    }

    @PostMapping(SpaceGuard.FACILITY + STEP)
    @RequiredPermission(value = Permission.SETTINGS, extent = Extent.WRITE)
    String saveCentre(
            Subject subject,
            Visitor visitor,
            @RequestParam MultiValueMap<String, String> sent,
            Locale locale,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        StructureId centre = structure(subject);
        CentreForm form = CentreForm.typed(sent);
        try {
            centres.set(centre, form.toSettings(), form.version());
            return savedCentre(visitor, subject, form, next);
        } catch (InvalidInput e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return centreForm(visitor, centre, form, FormFaults.of(e, FORM, messages, locale), model);
        } catch (StaleWrite e) {
            CentreSettingsInForce now = centres.settingsOf(centre);
            if (form.toSettings().equals(now.settings())) {
                return savedCentre(visitor, subject, form, next);
            }
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("lastChange", lastChange.of(subject, "settings", locale));
            model.addAttribute("overtaken", words.differences(form.toSettings(), now.settings(), locale));
            return centreForm(visitor, centre, form.at(now.version()), Map.of(), model);
        }
    }

    private String centreForm(
            Visitor visitor, StructureId centre, CentreForm form, Map<String, String> faults, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("faults", faults);
        model.addAttribute("owner", dashboards.name(centre));
        model.addAttribute("action", SpaceAddress.of(centre) + STEP);
        model.addAttribute("back", SpaceAddress.dashboard(visitor, centre));
        return "people/centre-settings";
    }

    private static PractitionerId practitioner(Subject subject) {
        if (subject instanceof PractitionerId id) {
            return id;
        }
        throw new IllegalStateException("This page is only for practitioners: " + subject);
    }

    private static StructureId structure(Subject subject) {
        if (subject instanceof StructureId id) {
            return id;
        }
        throw new IllegalStateException("This page is only for structures: " + subject);
    }
}
