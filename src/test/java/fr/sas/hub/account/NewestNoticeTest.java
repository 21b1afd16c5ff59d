package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.web.servlet.FlashMap;

/** Which notice a page says, of those that requests before it have left. */
class NewestNoticeTest {

    private static final String WEEK = "/espace/effecteurs/1/agenda?semaine=2026-W49&jour=2026-12-02";

    private final NewestNotice notices = new NewestNotice();
    private final MockHttpSession session = new MockHttpSession();

    @Test
    void the_newest_is_said_where_the_redirect_of_an_earlier_one_was_not_followed() {
        leaves("created", WEEK);
        leaves("deleted", WEEK);

        assertThat(saidAt(WEEK)).isEqualTo("deleted");
        assertThat(saidAt(WEEK)).as("the earlier one is over").isNull();
    }

    @Test
    void of_a_form_sent_twice_it_is_said_once() {
        leaves("deleted", WEEK);
        leaves("deleted", WEEK);

        assertThat(saidAt(WEEK)).isEqualTo("deleted");
        assertThat(saidAt(WEEK)).isNull();
    }

    @Test
    void an_earlier_one_that_names_less_is_over_too() {
        leaves("late", "/espace/effecteurs/1/agenda");
        leaves("deleted", WEEK);

        assertThat(saidAt(WEEK)).isEqualTo("deleted");
        assertThat(saidAt("/espace/effecteurs/1/agenda")).isNull();
    }

    @Test
    void another_page_says_its_own() {
        leaves("deleted", WEEK);
        leaves("settings", "/espace");
        leaves("created", WEEK.replace("W49", "W50"));

        assertThat(saidAt(WEEK)).isEqualTo("deleted");
        assertThat(saidAt("/espace")).isEqualTo("settings");
        assertThat(saidAt(WEEK.replace("W49", "W50"))).isEqualTo("created");
    }

    private void leaves(String done, String address) {
        FlashMap notice = new FlashMap();
        notice.put("done", done);
        notice.setTargetRequestPath(address.replaceFirst("\\?.*", ""));
        MockHttpServletRequest target = to(address);
        target.getParameterMap().forEach((name, values) -> notice.addTargetRequestParam(name, values[0]));
        notices.saveOutputFlashMap(notice, to(address), new MockHttpServletResponse());
    }

    private @Nullable String saidAt(String address) {
        FlashMap said = notices.retrieveAndUpdate(to(address), new MockHttpServletResponse());
        return said == null ? null : Objects.toString(said.get("done"));
    }

    private MockHttpServletRequest to(String address) {
        String[] parts = address.split("\\?");
        MockHttpServletRequest request = new MockHttpServletRequest("GET", parts[0]);
        request.setSession(session);
        if (parts.length > 1) {
            request.setQueryString(parts[1]);
            for (String parameter : parts[1].split("&")) {
                request.addParameter(parameter.split("=")[0], parameter.split("=")[1]);
            }
        }
        return request;
    }
}
