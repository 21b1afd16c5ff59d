package fr.sas.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;

class MediaTypesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | true",
                "Text/HTML | true",
                "text/html;q=0, application/json | false",
                "text/html-fragment | false",
                "application/x;of=\"text/html\" | false",
                "*/* | false",
                "nonsense, text/html | true"
            })
    void whoever_names_html_gets_a_page_and_whoever_takes_anything_does_not(String accept, boolean page) {
        assertThat(MediaTypes.acceptsByName(accepting(accept), MediaType.TEXT_HTML))
                .isEqualTo(page);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/event-stream | true",
                "text/event-stream, */* | true",
                "application/fhir+json;q=0.5, text/event-stream | true",
                "application/fhir+json, text/event-stream | false",
                "text/event-stream;q=0.5, application/fhir+json | false",
                "text/event-stream;q=0 | false",
                "text/event-streams | false",
                "*/* | false"
            })
    void a_stream_is_for_those_who_would_rather_have_it_than_anything_else(String accept, boolean stream) {
        assertThat(MediaTypes.prefers(accepting(accept), MediaType.TEXT_EVENT_STREAM))
                .isEqualTo(stream);
    }

    @Test
    void a_header_sent_in_two_lines_is_one_list_and_short_names_are_those_of_fhir() {
        assertThat(MediaTypes.accepted(accepting("json", "xml;q=0.5, */*")))
                .extracting(MediaType::toString)
                .containsExactly("application/fhir+json", "*/*");
        assertThat(MediaTypes.listed(List.of("xml")))
                .extracting(MediaTypes::name)
                .containsExactly("application/fhir+xml");
    }

    private static MockHttpServletRequest accepting(String... lines) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        Arrays.stream(lines).forEach(line -> request.addHeader("Accept", line));
        return request;
    }
}
