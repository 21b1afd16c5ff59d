package fr.sas.hub.access.door;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.NextSignIn;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An issuer of machines' tokens that takes a question and does not answer it holds nobody. */
class SilentIssuerTest {

    private static final String REALM = "machines";

    private final NextSignIn next = new NextSignIn(REALM);
    private final MockOAuth2Server issuer = next.provider();
    private final MachineTokens tokens =
            new MachineTokens(new JwtSettings(issuer.issuerUrl(REALM).toString(), "sas-hub"), Clock.systemUTC());

    @AfterEach
    void the_issuer_ends() {
        next.tampered().speak();
        issuer.shutdown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/openid-configuration", "/jwks"})
    @Timeout(120)
    void a_token_is_not_read_now_and_the_next_one_does_not_wait(String address) {
        String token = issuer.issueToken(
                        REALM,
                        "recherche",
                        new DefaultOAuth2TokenCallback(REALM, "recherche", "JWT", List.of("sas-hub"), Map.of(), 300))
                .serialize();
        next.tampered().fallSilentAt(address);

        assertThat(tokens.read(token)).isInstanceOf(MachineTokens.TokenAnswer.NotNow.class);
        assertThat(tokens.read(token)).isInstanceOf(MachineTokens.TokenAnswer.NotNow.class);
    }
}
