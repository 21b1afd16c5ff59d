package fr.sas.hub.testing;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.oauth2.sdk.TokenRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/**
 * Whom the stand-in for the identity provider signs in next: the last person it was told of, even if an earlier one
 * never came.
 */
public final class NextSignIn implements OAuth2TokenCallback {

    private static final String HUB = "sas-hub";
    private static final int SECONDS = 300;

    private final String realm;
    private final KeyProvider keys = new KeyProvider();
    private final TamperedTokens tampered = new TamperedTokens();
    private volatile OAuth2TokenCallback next;

    public NextSignIn(String realm) {
        this.realm = realm;
        this.next = new DefaultOAuth2TokenCallback(realm);
    }

    /** A provider that listens, and signs in the person that this names. */
    public MockOAuth2Server provider() {
        MockOAuth2Server server = new MockOAuth2Server(
                new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(keys), Set.of(this)), tampered);
        server.start();
        return server;
    }

    /** @param subject by which the provider knows them */
    public void is(String subject, Map<String, Object> claims) {
        next = new DefaultOAuth2TokenCallback(realm, subject, "JWT", List.of(HUB), claims, SECONDS);
    }

    /** In place of the ID token of the next sign-in, or no answer at all. */
    public TamperedTokens tampered() {
        return tampered;
    }

    /** With the key that the provider publishes. */
    public JWK key() {
        return keys.signingKey(realm);
    }

    @Override
    public String issuerId() {
        return realm;
    }

    @Override
    public String subject(TokenRequest request) {
        return next.subject(request);
    }

    @Override
    public String typeHeader(TokenRequest request) {
        return next.typeHeader(request);
    }

    @Override
    public List<String> audience(TokenRequest request) {
        return next.audience(request);
    }

    @Override
    public Map<String, Object> addClaims(TokenRequest request) {
        return next.addClaims(request);
    }

    @Override
    public long tokenExpiry() {
        return next.tokenExpiry();
    }
}
