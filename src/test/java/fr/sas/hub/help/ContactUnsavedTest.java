package fr.sas.hub.help;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import fr.sas.hub.access.AccessSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.ui.ExtendedModelMap;

/** « Formulaire de contact » while the database is gone. */
class ContactUnsavedTest {

    private static final Map<String, String> TYPED = Map.of(
            "role", "effecteur",
            "topic", "renseignement",
            "family", "DURAND",
            "given", "Alice",
            "phone", "01 23 45 67 89",
            "email", "alice.durand@exemple.fr",
            "territory", "75",
            "message", "Où déclarer mes lieux d'exercice ?");

    private RuntimeException failure = new CannotCreateTransactionException("gone");

    private final HelpDesk desk = mock(HelpDesk.class, call -> {
        throw failure;
    });
    private final ContactPage page = new ContactPage(
            desk,
            new ContactLimit(
                    new ContactSettings(List.of(), 1, Duration.ofDays(365)),
                    Clock.fixed(Instant.parse("2026-06-12T06:00:00Z"), ZoneOffset.UTC)),
            new AccessSettings(Duration.ofMinutes(2), 60, true, null));
    private final ExtendedModelMap shown = new ExtendedModelMap();

    @Test
    void a_request_that_cannot_be_saved_is_shown_again_to_be_sent_later() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();

        String view = page.send(TYPED, null, new MockHttpServletRequest(), response, Locale.FRENCH, shown);

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(view).isEqualTo("people/contact");
        assertThat(shown)
                .containsEntry("unsaved", true)
                .containsEntry("form", ContactForm.typed(TYPED))
                .hasEntrySatisfying(
                        "answeredWithin",
                        within -> assertThat((Duration) within)
                                .as("the hub's own answer, at its limit, arrives")
                                .isGreaterThan(Duration.ofMinutes(2)));
    }

    @Test
    void of_a_request_whose_commit_was_perhaps_heard_nobody_says_that_it_is_not_sent() throws Exception {
        failure = new DataAccessResourceFailureException("lost in the commit");

        page.send(TYPED, null, new MockHttpServletRequest(), new MockHttpServletResponse(), Locale.FRENCH, shown);

        assertThat(shown)
                .containsEntry("unanswered", true)
                .doesNotContainKey("unsaved")
                .containsEntry("form", ContactForm.typed(TYPED));
    }

    @Test
    void a_request_that_could_not_be_saved_is_not_one_of_those_that_may_be_sent() throws Exception {
        for (int i = 0; i < 3; i++) {
            MockHttpServletResponse response = new MockHttpServletResponse();
            page.send(TYPED, null, new MockHttpServletRequest(), response, Locale.FRENCH, shown);

            assertThat(response.getStatus()).isEqualTo(503);
        }
        assertThat(shown).doesNotContainKey("tooMany");
    }
}
