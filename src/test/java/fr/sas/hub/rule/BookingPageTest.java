package fr.sas.hub.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers open is the address of a page; what they do not is none. */
class BookingPageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://rdv.vendor.example/book?slot=s1",
                "http://rdv.vendor.example",
                "HTTPS://RDV.vendor.example:8443/a%20b/#/slot/1?x=y",
                "https://cabinet_dupont.rdv.example/book?slot=1",
                "https://_rdv.example./",
                "https://192.0.2.7:8080/book",
                "https://[2001:db8::7]/book",
                "https://rdv.example/~dupont;v=1/(a)*!'@x:y,z"
            })
    void in_ascii_is_passed_on_as_it_is(String page) {
        assertThat(BookingPage.of(page)).hasToString(page);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            https://rdv.cabinet-médical.example/ https://rdv.xn--cabinet-mdical-jkb.example/
            https://cœur.example?d=é https://xn--cur-fya.example?d=%C3%A9
            https://rdv.example/book?type=[mg]&d=é https://rdv.example/book?type=%5Bmg%5D&d=%C3%A9
            https://rdv.example/{a}|b^c`d"e<f>?100% https://rdv.example/%7Ba%7D%7Cb%5Ec%60d%22e%3Cf%3E?100%25
            https://rdv.example\\\\book https://rdv.example/%5Cbook
            """)
    void that_browsers_write_otherwise_is_written_as_they_do(String written, String page) {
        assertThat(BookingPage.of(written)).hasToString(page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rdv.example/book",
                "ftp://rdv.example/",
                "javascript://rdv.example/%0Aalert(1)",
                "https://",
                "https:///book",
                "https://me:pw@rdv.example/",
                "https://me@rdv.example/",
                "https://rdv..example/",
                "https://rdv.example:70000/",
                "https://rdv.example:http/",
                "https://rdv%2Eexample/",
                "https://[::1/",
                "https://rdv.example/book appeler avant",
                "https://rdv.example/\u00A0avant",
                "https://rdv.example/\nx",
                "voir https://rdv.example/"
            })
    void that_no_browser_opens_or_that_says_more_is_none(String text) {
        assertThat(BookingPage.of(text)).isNull();
    }

    @Property(tries = 2000)
    void of_any_text_is_ascii_and_the_same_read_again(
            @ForAll @StringLength(max = 40) String text, @ForAll @CharRange(from = ' ', to = '~') String ascii) {
        for (String written :
                new String[] {text, "https://" + text, "https://a_b.example/" + text, "http://é" + ascii}) {
            URI page = BookingPage.of(written);
            if (page != null) {
                assertThat(page.toString()).matches("(?i)https?://[!-~]+");
                assertThat(BookingPage.of(page.toString())).isEqualTo(page);
            }
        }
    }
}
