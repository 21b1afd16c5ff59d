package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Without a provider, people are told, and nothing of the space opens. */
@HubTest
class SignInNotSetUpTest {

    @LocalServerPort
    int port;

    @Test
    void the_sign_in_page_says_that_sign_in_is_not_set_up_and_the_space_leads_there() {
        PageReader anybody = new PageReader(port);

        assertThat(anybody.open("/espace").body()).contains("La connexion n&#39;est pas encore configurée");
        assertThat(anybody.open("/connexion").statusCode()).isEqualTo(200);
        assertThat(anybody.open("/connexion/aller").body()).doesNotContain("500");
    }

    @ParameterizedTest
    @CsvSource({
        "/connexion/x, 404",
        "/connexion/refus?motif=%00, 400",
        "/connexion;x=y, 400",
        "/oauth2/authorization/nope, 404",
        "/connexion/refus?motif=%C3, 200",
        "/connexion/refus?motif=nope, 200"
    })
    void an_address_that_is_none_gets_a_page_with_a_way_on(String address, int status) {
        HttpResponse<String> page = new PageReader(port).open(address);

        assertThat(page.statusCode()).isEqualTo(status);
        assertThat(page.body())
                .contains("<html lang=\"fr\"", "href=\"/connexion\"")
                .doesNotContain("Whitelabel");
    }
}
