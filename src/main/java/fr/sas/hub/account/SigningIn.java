package fr.sas.hub.account;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;

/** The last step of signing in: the provider's word is checked, who is it here? Its user info is always asked for. */
@Component
class SigningIn implements OAuth2UserService<OidcUserRequest, OidcUser> {

    private final OidcUserService provider = new OidcUserService();
    private final SignIns signIns;
    private final SignInSettings settings;

    SigningIn(SignIns signIns, SignInSettings settings) {
        this.signIns = signIns;
        this.settings = settings;
        RestTemplate asking = new RestTemplate(IdentityProvider.line());
        asking.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        DefaultOAuth2UserService userInfo = new DefaultOAuth2UserService();
        userInfo.setRestOperations(asking);
        provider.setOauth2UserService(userInfo);
        provider.setRetrieveUserInfo(request -> request.getClientRegistration()
                        .getProviderDetails()
                        .getUserInfoEndpoint()
                        .getUri()
                != null);
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcUser user = provider.loadUser(request);
        try {
            Identity identity = Identity.of(user, settings.nationalIdClaim());
            return new SignedIn(user, account(identity).id());
        } catch (SignIns.NotAdmitted e) {
            throw new OAuth2AuthenticationException(new OAuth2Error(e.refusal().word()), e);
        }
    }

    /** Who comes by two windows at once is made once: the second finds what the first made. */
    private Account account(Identity identity) throws SignIns.NotAdmitted {
        try {
            return signIns.signIn(identity);
        } catch (DataIntegrityViolationException | ConcurrencyFailureException e) {
            return signIns.signIn(identity);
        }
    }
}
