package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A weekly entry's form has a date and weekdays: they agree, or it is asked (PM9, PM15). */
class WeekdayFormsTest extends AgendaForms {

    private final LocalDate second = day.plusDays(2);
    private final LocalDate moved = day.plusDays(3);

    @BeforeEach
    void it_takes_place_on_two_weekdays() {
        create(with(fields(day), "jours", weekday(day), "jours", weekday(second)));
    }

    @Test
    void a_date_moved_for_all_weeks_to_a_day_that_is_not_ticked_is_asked_about_beside_the_days() {
        HttpResponse<String> refused = change(second, moved, "ALL_WEEKS", day, second);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(text(first("(?s)id=\"days-fault\"[^>]*>([^<]*)<", refused.body())))
                .isEqualTo("La date saisie est un " + french(moved, false) + ", qui n'est pas coché : cochez « Chaque "
                        + french(moved, true) + " », et décochez le jour qu'il remplace.");
        assertThat(hoursOn(second)).hasSize(1);
        assertThat(hoursOn(moved)).isEmpty();
    }

    @Test
    void the_same_with_its_day_ticked_is_saved_and_the_days_are_told() {
        HttpResponse<String> saved = change(second, moved, "ALL_WEEKS", day, moved);

        assertThat(text(saved.body()))
                .contains("Votre modification est enregistrée")
                .containsPattern("Cette disponibilité a lieu chaque \\p{L}+ et chaque \\p{L}+, à compter du "
                        + DayWords.of(day, "d MMMM yyyy", Locale.FRENCH));
        assertThat(hoursOn(second)).isEmpty();
        assertThat(hoursOn(moved)).containsExactly("08h00 - 08h15");
        assertThat(hoursOn(day.plusWeeks(1))).containsExactly("08h00 - 08h15");
    }

    @Test
    void the_day_from_which_it_takes_place_is_one_on_which_it_does() {
        delete(day, "THIS_OCCURRENCE");

        HttpResponse<String> saved = change(second, second, "ALL_WEEKS", day, second, moved);

        assertThat(text(saved.body())).contains("à compter du " + DayWords.of(second, "d MMMM yyyy", Locale.FRENCH));
    }

    @Test
    void a_day_that_is_unticked_goes_whatever_the_occurrence_from_which_the_form_was_opened() {
        HttpResponse<String> saved = change(second, second, "ALL_WEEKS", day);

        assertThat(text(saved.body())).contains("a lieu chaque " + french(day, false) + ", à compter du");
        assertThat(hoursOn(second)).isEmpty();
        assertThat(hoursOn(day)).hasSize(1);
    }

    @Test
    void without_any_day_it_takes_place_once_more_and_on_which_day_is_told() {
        LocalDate opened = day.plusWeeks(1);

        HttpResponse<String> saved = change(opened, opened, "ALL_WEEKS");

        assertThat(text(saved.body()))
                .contains("Cette disponibilité n'a plus lieu chaque semaine : elle n'a lieu que le "
                        + DayWords.of(opened, "d MMMM yyyy", Locale.FRENCH));
        assertThat(hoursOn(opened)).hasSize(1);
        assertThat(hoursOn(day)).isEmpty();
        assertThat(hoursOn(opened.plusWeeks(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 14, -2, -7})
    void a_date_moved_for_all_weeks_to_a_day_on_which_it_takes_place_anyway_is_asked_about(int later) {
        LocalDate opened = second.plusWeeks(1);

        HttpResponse<String> refused = change(opened, opened.plusDays(later), "ALL_WEEKS", day, second);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(text(first("(?s)id=\"date-fault\"[^>]*>([^<]*)<", refused.body())))
                .startsWith("Cette disponibilité a de toute façon lieu chaque ")
                .contains("laissez la date du " + french(opened));
        assertThat(refused.body()).contains("name=\"date\" required value=\"" + opened.plusDays(later) + "\"");
        assertThat(hoursOn(day)).hasSize(1);
    }

    @Test
    void a_first_day_that_is_moved_by_a_week_before_it_has_come_moves_the_beginning() {
        HttpResponse<String> saved = change(day, day.plusWeeks(1), "ALL_WEEKS", day, second);

        assertThat(text(saved.body()))
                .contains("à compter du " + DayWords.of(day.plusWeeks(1), "d MMMM yyyy", Locale.FRENCH));
        assertThat(hoursOn(day)).isEmpty();
        assertThat(hoursOn(second)).isEmpty();
        assertThat(hoursOn(second.plusWeeks(1))).hasSize(1);
    }

    @Test
    void an_occurrence_moved_for_itself_goes_back_to_its_usual_date_with_all_weeks() {
        LocalDate usual = day.plusWeeks(1);
        HttpResponse<String> form = alice.open(address(weekOf(usual), usual));
        String[] box = with(ticked(day, second), "lieu", place());
        alice.submit(
                form.uri().getPath(),
                with(with(fields(moved), box), "version", version(form), "portee", "THIS_OCCURRENCE"));
        form = alice.open(form.uri().getPath());

        HttpResponse<String> saved = alice.submit(
                form.uri().getPath(), with(with(fields(usual), box), "version", version(form), "portee", "ALL_WEEKS"));

        assertThat(text(saved.body())).contains("Votre modification est enregistrée");
        assertThat(hoursOn(usual)).hasSize(1);
        assertThat(hoursOn(moved)).isEmpty();
    }

    @Test
    void days_ticked_for_one_occurrence_only_are_asked_about_and_not_ignored() {
        HttpResponse<String> refused = change(second, second, "THIS_OCCURRENCE", day, second, moved);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(text(first("(?s)id=\"days-fault\"[^>]*>([^<]*)<", refused.body())))
                .startsWith("Les jours ne changent que pour toutes les semaines");
        assertThat(hoursOn(moved)).isEmpty();
    }

    @Test
    void all_days_unticked_for_one_occurrence_only_are_asked_about_too() {
        HttpResponse<String> refused = change(second, second, "THIS_OCCURRENCE");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(text(first("(?s)id=\"days-fault\"[^>]*>([^<]*)<", refused.body())))
                .startsWith("Les jours ne changent que pour toutes les semaines");
    }

    @Test
    void days_that_a_colleague_changed_meanwhile_are_shown_to_whoever_changes_one_occurrence() {
        HttpResponse<String> opened = alice.open(address(weekOf(day), day));
        String occurrence = opened.uri().getPath();
        change(day, day, "ALL_WEEKS", day, moved);
        String[] typed = with(fields(day), "lieu", place(), "portee", "THIS_OCCURRENCE");

        HttpResponse<String> told =
                alice.submit(occurrence, with(with(typed, ticked(day, second)), "version", version(opened)));

        assertThat(told.statusCode()).isEqualTo(409);
        String[] shown = Pattern.compile("name=\"jours\" value=\"([a-z]+)\" checked")
                .matcher(told.body())
                .results()
                .flatMap(box -> Stream.of("jours", box.group(1)))
                .toArray(String[]::new);
        assertThat(shown).contains(weekday(day), weekday(moved)).doesNotContain(weekday(second));
        HttpResponse<String> saved = alice.submit(occurrence, with(with(typed, shown), "version", version(told)));
        assertThat(text(saved.body())).contains("Votre modification est enregistrée");
        assertThat(hoursOn(moved)).hasSize(1);
    }

    @Test
    void everything_else_that_is_wrong_is_named_at_the_same_time() {
        HttpResponse<String> form = alice.open(address(weekOf(second), second));

        HttpResponse<String> refused = alice.submit(
                form.uri().getPath(),
                with(
                        ticked(day, second),
                        "version",
                        version(form),
                        "lieu",
                        place(),
                        "date",
                        moved.toString(),
                        "debut",
                        "09:00",
                        "fin",
                        "09:00",
                        "choix",
                        "slot",
                        "types",
                        "AMB",
                        "portee",
                        "ALL_WEEKS"));

        assertThat(refused.body()).contains("id=\"days-fault\"", "id=\"fin-fault\"");
    }

    private HttpResponse<String> change(LocalDate opened, LocalDate typed, String scope, LocalDate... days) {
        HttpResponse<String> form = alice.open(address(weekOf(opened), opened));
        return alice.submit(
                form.uri().getPath(),
                with(with(fields(typed), ticked(days)), "version", version(form), "lieu", place(), "portee", scope));
    }

    private static String[] fields(LocalDate date) {
        return new String[] {"date", date.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB"
        };
    }

    private static String[] ticked(LocalDate... days) {
        return Arrays.stream(days)
                .flatMap(date -> Stream.of("jours", weekday(date)))
                .toArray(String[]::new);
    }

    private static String french(LocalDate date, boolean capital) {
        String name = date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.FRENCH);
        return capital ? name.substring(0, 1).toUpperCase(Locale.FRENCH) + name.substring(1) : name;
    }
}
