package fr.sas.hub.space;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;

/** A practitioner who types slots of half an hour. */
abstract class AgendaFormsSentTwice extends FormsSentTwice {

    /** The form of a new slot. */
    String newSlot;

    @BeforeEach
    void slots_are_typed_by_a_form() {
        newSlot = space + "/agenda/disponibilites/nouvelle";
    }

    String[] slotForm(PageReader reader, int hour) {
        return filledIn(
                reader.open(newSlot),
                "date",
                day.toString(),
                "debut",
                "%02d:00".formatted(hour),
                "fin",
                "%02d:30".formatted(hour),
                "choix",
                "slot",
                "types",
                "AMB");
    }

    /** At eight. @return its page */
    String aSlot() {
        return occurrence(alice.submit(newSlot, slotForm(alice, 8)));
    }

    /** At eight. @return the page of its first occurrence */
    String aSlotOfEveryWeek() {
        return occurrence(alice.submit(newSlot, with(slotForm(alice, 8), "jours", weekday(0))));
    }

    /** The form of a change. @param later by how many days the date moves */
    String[] hours(HttpResponse<String> form, int later, String start, String end) {
        return filledIn(
                form,
                "date",
                day.plusDays(later).toString(),
                "debut",
                start,
                "fin",
                end,
                "choix",
                "slot",
                "types",
                "VR");
    }

    String weekday(int later) {
        return day.plusDays(later).getDayOfWeek().name().toLowerCase(Locale.ROOT);
    }

    /** Of the only entry; none if it takes place once. */
    List<String> weekdays() {
        return StreamSupport.stream(
                        people.practitioner()
                                .json(people.of("/agenda/entries"))
                                .at("/entries/0/weekly/days")
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .toList();
    }

    /** The address of the last one that a week shows. */
    static String occurrence(HttpResponse<String> week) {
        return week.body().replaceAll("(?s).*<a class=\"open\"[^>]* href=\"([^\"]+)\".*", "$1");
    }

    int entries() {
        return people.practitioner()
                .json(people.of("/agenda/entries"))
                .path("entries")
                .size();
    }

    /** Somebody else who types for the practitioner. */
    PageReader delegate() {
        people.accepted(people.email("camille"));
        return signIn(people.email("camille"), "Camille", "MARTIN");
    }
}
