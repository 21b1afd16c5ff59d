package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Availability is typed, and stands in its week (guides 002, 003 and 004: PM3 to PM27, HC9 to HC14). */
class AvailabilityFormsTest extends AgendaForms {

    @Test
    void what_is_typed_stands_in_its_week_and_is_found_by_the_regulation() {
        HttpResponse<String> week = create(
                "date",
                day.toString(),
                "debut",
                "17:00",
                "fin",
                "19:00",
                "choix",
                "range",
                "patients",
                "3",
                "types",
                "AMB",
                "types",
                "VR");

        assertThat(week.uri().getPath()).isEqualTo(agenda);
        assertThat(text(week.body()))
                .contains("Vos créneaux sont désormais visibles des professionnels de santé du SAS")
                .contains(title(day));
        assertThat(blocks(week))
                .singleElement()
                .asString()
                .contains("17h00 - 19h00", "3 places sur 3", "Consultation en cabinet", "Téléconsultation");
        assertThat(found(day)).containsExactly("17:00");
    }

    @Test
    void what_is_over_already_is_taken_but_never_called_visible() {
        boolean morning = LocalTime.now(PARIS).getHour() < 12;
        ZoneId zone = morning ? ZoneId.of("Indian/Reunion") : PARIS;
        if (morning) {
            knows(rpps, place("1970000801", "2 rue du Volcan", "97442", "SAINT-PHILIPPE"));
        }

        HttpResponse<String> week = create(
                "date",
                LocalDate.now(zone).toString(),
                "debut",
                "00:00",
                "fin",
                "00:15",
                "choix",
                "slot",
                "types",
                "AMB");

        assertThat(blocks(week)).singleElement().asString().contains("00h00 - 00h15");
        assertThat(text(week.body()))
                .contains("enregistrés, mais déjà terminés ce jour-là : la régulation ne les y voit pas.")
                .doesNotContain("désormais visibles");
    }

    @Test
    void a_week_is_read_by_day_and_turned_by_its_address() {
        create("date", day.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB");

        HttpResponse<String> week = alice.open(agenda + "?semaine=" + IsoWeek.of(day));

        assertThat(text(week.body()))
                .contains(
                        "Ajouter ou modifier vos disponibilités",
                        "Alice DURAND",
                        "Jours suivants",
                        "08h00 - 08h15",
                        "1 patient")
                .contains(day.getDayOfWeek()
                                .getDisplayName(TextStyle.FULL, Locale.FRENCH)
                                .substring(1) + " " + day.getDayOfMonth());
        assertThat(alice.open(agenda + "?semaine=" + IsoWeek.of(day).plus(1)).body())
                .doesNotContain("08h00 - 08h15");
        assertThat(alice.open(agenda + "?semaine=2026-W99").statusCode()).isEqualTo(404);
    }

    @Test
    void every_fault_stands_beside_its_field_and_nothing_that_was_typed_is_lost() {
        HttpResponse<String> refused =
                create("date", "", "debut", "9h", "fin", "10:00", "choix", "range", "patients", "beaucoup");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(text(refused.body()))
                .contains("Indiquez la date de la disponibilité.")
                .contains("Indiquez l'heure de début.")
                .contains("Indiquez un nombre de patients de 1 à")
                .contains("Choisissez au moins un type de consultation")
                .doesNotContain("2026-06-12");
        assertThat(refused.body()).contains("value=\"9h\"", "value=\"beaucoup\"", "value=\"10:00\"");
    }

    @Test
    void an_end_before_the_start_is_asked_about_and_never_guessed() {
        String[] night = {
            "date", day.toString(), "debut", "22:00", "fin", "01:45", "choix", "range", "patients", "5", "types", "HH"
        };

        HttpResponse<String> asked = create(night);
        assertThat(text(asked.body())).contains("Cette disponibilité se termine le lendemain ?");
        assertThat(found(day)).isEmpty();
        HttpResponse<String> week = alice.submit(
                agenda + "/disponibilites/nouvelle", with(night, "lieu", place(), "lendemain", "22:00-01:45"));

        assertThat(text(week.body())).contains("22h00 - 01h45", "se termine le lendemain");
        assertThat(text(alice.open(agenda + "?semaine=" + IsoWeek.of(day.plusDays(1)))
                        .body()))
                .contains("commencé la veille");
    }

    @Test
    void pm12_a_night_that_was_confirmed_is_asked_about_again_once_it_is_longer() {
        String[] night = {"lieu", place(), "date", day.toString(), "choix", "range", "patients", "5", "types", "HH"};
        String saved = address(create(with(night, "debut", "22:00", "fin", "01:45", "lendemain", "22:00-01:45")), day);
        HttpResponse<String> form = alice.open(saved);
        assertThat(form.body()).contains("name=\"lendemain\" value=\"22:00-01:45\" checked");
        String[] longer =
                with(night, "version", version(form), "debut", "22:00", "fin", "20:00", "lendemain", "22:00-01:45");

        HttpResponse<String> asked = alice.submit(saved, longer);

        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(asked.body()).containsPattern("name=\"lendemain\" value=\"22:00-20:00\"(?! checked)");
        assertThat(hoursOn(day)).containsExactly("22h00 - 01h45");
        longer[longer.length - 1] = "22:00-20:00";
        alice.open(saved);
        alice.submit(saved, longer);
        assertThat(hoursOn(day)).containsExactly("22h00 - 20h00");
    }

    @Test
    void pm12_a_night_that_was_confirmed_may_become_a_day() {
        String[] common = {"lieu", place(), "date", day.toString(), "choix", "range", "patients", "5", "types", "HH"};
        String saved = address(create(with(common, "debut", "22:00", "fin", "01:45", "lendemain", "22:00-01:45")), day);

        alice.submit(
                saved,
                with(
                        common,
                        "version",
                        version(alice.open(saved)),
                        "debut",
                        "14:00",
                        "fin",
                        "16:00",
                        "lendemain",
                        "22:00-01:45"));

        assertThat(hoursOn(day)).containsExactly("14h00 - 16h00");
    }

    @ParameterizedTest
    @CsvSource({"slot, 08:00, 13:00", "range, 08:00, 20:00"})
    void pm6_hours_confirmed_for_one_patient_are_asked_about_again_once_they_or_the_choice_change(
            String choice, String start, String end) {
        String[] common = {"lieu", place(), "date", day.toString(), "debut", start, "types", "AMB"};
        String saved = address(
                create(with(
                        common,
                        "fin",
                        end,
                        "choix",
                        choice,
                        "patients",
                        choice.equals("slot") ? "" : "9",
                        "certain",
                        start + "-" + end)),
                day);
        HttpResponse<String> form = alice.open(saved);
        String[] longer = with(common, "version", version(form), "fin", "20:00", "choix", "slot");

        HttpResponse<String> asked = alice.submit(
                saved, form.body().contains("name=\"certain\"") ? with(longer, "certain", start + "-" + end) : longer);

        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(text(asked.body()))
                .contains("Êtes-vous sûr ? Ce créneau est long pour un seul patient")
                .contains("Oui, je reçois un seul patient de 08h00 à 20h00");
        assertThat(asked.body()).containsPattern("name=\"certain\" value=\"08:00-20:00\"(?! checked)");
        assertThat(text(alice.submit(saved, with(longer, "certain", "08:00-20:00"))
                        .body()))
                .contains("Votre modification est enregistrée");
        assertThat(alice.open(saved).body())
                .as("not asked again about what stands there")
                .contains("name=\"certain\" value=\"08:00-20:00\" checked");
    }

    @Test
    void one_patient_for_more_than_an_hour_is_advised_about() {
        HttpResponse<String> week =
                create("date", day.toString(), "debut", "08:00", "fin", "12:00", "choix", "slot", "types", "AMB");

        assertThat(text(week.body())).contains("Ce créneau dure plus d'une heure pour un seul patient");
        assertThat(text(create(
                                "date",
                                day.toString(),
                                "debut",
                                "13:00",
                                "fin",
                                "14:00",
                                "choix",
                                "slot",
                                "types",
                                "AMB")
                        .body()))
                .doesNotContain("Ce créneau dure plus d'une heure");
    }

    @Test
    void the_weekday_of_the_date_is_ticked_by_itself() {
        String other = day.plusDays(1).getDayOfWeek().name().toLowerCase(Locale.ROOT);
        create(
                "date",
                day.toString(),
                "debut",
                "08:00",
                "fin",
                "08:15",
                "choix",
                "slot",
                "types",
                "AMB",
                "jours",
                other);

        HttpResponse<String> next = alice.open(agenda + "?semaine=" + IsoWeek.of(day.plusWeeks(1)));

        assertThat(blocks(next)).hasSizeGreaterThanOrEqualTo(2).allMatch(block -> block.contains("chaque semaine"));
        assertThat(address(next, day.plusWeeks(1))).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"MARCH", "OCTOBER"})
    void in_the_week_of_a_clock_change_hours_are_shown_and_changed_as_they_were_typed(Month month) {
        LocalDate sunday = nextLastSunday(month);
        create("date", sunday.toString(), "debut", "01:30", "fin", "03:30", "choix", "slot", "types", "AMB");
        create("date", sunday.toString(), "debut", "22:00", "fin", "23:59", "choix", "slot", "types", "AMB");
        create(
                "date",
                sunday.minusDays(1).toString(),
                "debut",
                "23:00",
                "fin",
                "04:00",
                "choix",
                "slot",
                "types",
                "HH",
                "lendemain",
                "23:00-04:00",
                "certain",
                "23:00-04:00");

        HttpResponse<String> week = weekOf(sunday);

        assertThat(text(week.body())).contains(title(sunday));
        assertThat(hoursOn(sunday)).containsExactly("23h00 - 04h00", "01h30 - 03h30", "22h00 - 23h59");
        assertThat(alice.open(address(week, sunday, "01h30")).body())
                .contains("value=\"" + sunday + "\"", "value=\"01:30\"", "value=\"03:30\"");
    }

    @Test
    void an_hour_that_the_clocks_leave_out_is_refused_beside_its_field_and_one_that_comes_twice_is_told() {
        HttpResponse<String> refused = create(
                "date",
                nextLastSunday(Month.MARCH).toString(),
                "debut",
                "02:30",
                "fin",
                "03:30",
                "choix",
                "slot",
                "types",
                "AMB");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(first("(?s)id=\"debut-fault\">([^<]*)<", refused.body()).replace("&#39;", "'"))
                .isEqualTo("Cette nuit-là, les horloges passent directement de 02:00 à 03:00\u00a0: 02:30 n'existe pas."
                        + " Indiquez 01:59 au plus tard, ou une heure à partir de 03:00.");

        HttpResponse<String> twice = create(
                "date",
                nextLastSunday(Month.OCTOBER).toString(),
                "debut",
                "02:30",
                "fin",
                "02:45",
                "choix",
                "slot",
                "types",
                "AMB");
        assertThat(text(twice.body()))
                .contains("les heures de 02h00 à 03h00 viennent deux fois. C'est la première fois qui compte.");
    }

    private static LocalDate nextLastSunday(Month month) {
        LocalDate today = LocalDate.now(PARIS);
        LocalDate thisYear = today.withDayOfMonth(1).with(month).with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY));
        return thisYear.isAfter(today.plusDays(2))
                ? thisYear
                : today.withDayOfMonth(1)
                        .plusYears(1)
                        .with(month)
                        .with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY));
    }
}
