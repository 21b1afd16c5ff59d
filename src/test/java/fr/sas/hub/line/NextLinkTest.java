package fr.sas.hub.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links to the next page as servers write them. */
class NextLinkTest {

    private static final URI PAGE = URI.create("https://fhir.vendor.example/r4/b/Slot?status=free");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ?page=2                                          | https://fhir.vendor.example/r4/b/Slot?page=2
            Slot?page=2                                      | https://fhir.vendor.example/r4/b/Slot?page=2
            ./Slot?page=2                                    | https://fhir.vendor.example/r4/b/Slot?page=2
            ../../../../Slot?page=2                          | https://fhir.vendor.example/Slot?page=2
            ..?page=2                                        | https://fhir.vendor.example/r4/?page=2
            /r4?page=2                                       | https://fhir.vendor.example/r4?page=2
            //fhir.vendor.example/r4?page=2                  | https://fhir.vendor.example/r4?page=2
            https://FHIR.vendor.example:443/r4?page=2        | https://fhir.vendor.example/r4?page=2
            http://fhir.vendor.example/r4?page=2             | https://fhir.vendor.example/r4?page=2
            https://other.example/r4?page=2                  | https://other.example/r4?page=2
            https://fhir.vendor.example:8443/r4?page=2       | https://fhir.vendor.example:8443/r4?page=2
            ?ids=[a,b]{c}^d"e<f>g h                          | https://fhir.vendor.example/r4/b/Slot?ids=%5Ba,b%5D%7Bc%7D%5Ed%22e%3Cf%3Eg%20h
            ?n=é%C3%A9%zz&b=c\\d`                            | https://fhir.vendor.example/r4/b/Slot?n=%C3%A9%C3%A9%25zz&b=c%5Cd%60
            ?q=//x[1]#top                                    | https://fhir.vendor.example/r4/b/Slot?q=//x%5B1%5D
            """)
    void are_resolved_by_rfc_3986_and_put_right(String link, String address) throws NextLink.NoAddress {
        assertThat(NextLink.of(link, PAGE)).hasToString(address);
    }

    /** RFC 3986 §5.4, against its own base. */
    @ParameterizedTest
    @CsvSource({
        "g, /b/c/g",
        "./g, /b/c/g",
        "g/, /b/c/g/",
        "/g, /g",
        "?y, /b/c/d;p?y",
        "g?y, /b/c/g?y",
        ";x, /b/c/;x",
        "., /b/c/",
        "./, /b/c/",
        ".., /b/",
        "../, /b/",
        "../g, /b/g",
        "../.., /",
        "../../g, /g",
        "../../../g, /g",
        "/./g, /g",
        "/../g, /g",
        "g., /b/c/g.",
        "..g, /b/c/..g",
        "./../g, /b/g",
        "g/./h, /b/c/g/h",
        "g/../h, /b/c/h",
        "g;x=1/../y, /b/c/y",
        "g?y/../x, /b/c/g?y/../x"
    })
    void are_resolved_as_the_rfcs_own_examples_are(String link, String address) throws NextLink.NoAddress {
        assertThat(NextLink.of(link, URI.create("http://a/b/c/d;p?q"))).hasToString("http://a" + address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\t"})
    void that_say_nothing_lead_nowhere(String link) throws NextLink.NoAddress {
        assertThat(NextLink.of(link, PAGE)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:me@vendor.example", "http://", "a:b"})
    void that_are_no_addresses_are_refused(String link) {
        assertThatThrownBy(() -> NextLink.of(link, PAGE)).isInstanceOf(NextLink.NoAddress.class);
    }

    @Property(tries = 1000)
    void of_any_text_are_addresses_or_refused(@ForAll @StringLength(max = 60) String link) {
        try {
            URI next = Objects.requireNonNull(NextLink.of("?" + link, PAGE));
            assertThat(next.getHost()).isEqualTo("fhir.vendor.example");
            assertThat(next.getRawPath()).isEqualTo("/r4/b/Slot");
            NextLink.of(link, PAGE);
        } catch (NextLink.NoAddress refused) {
            assertThat(refused).hasMessage("no address");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "[null, %s]", "[[], %s]", "[%s]"})
    void lead_on_also_where_one_stands_in_place_of_a_list_or_after_what_is_no_link(String links) throws Exception {
        String next = "{\"relation\": \"next\", \"url\": \"?page=2\"}";
        String page = "{\"link\": " + links.formatted(next) + ", \"total\": 1}";

        assertThat(SearchsetPages.next(page.getBytes(StandardCharsets.UTF_8), PAGE))
                .hasToString("https://fhir.vendor.example/r4/b/Slot?page=2");
    }
}
