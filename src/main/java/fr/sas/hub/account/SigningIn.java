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
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;

/**
 * The last step of signing in: the provider's answer has been checked; finds the account. Always requests the user
 * info.
 */
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
            return new SignedIn(user, account(identity(user)).id());
        } catch (SignIns.NotAdmitted e) {
            throw new OAuth2AuthenticationException(new OAuth2Error(e.refusal().code()), e);
        }
    }

    private Identity identity(OidcUser user) {
        try {
            return Identity.of(user, settings.nationalIdClaim());
        } catch (IllegalArgumentException unusable) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN), unusable.getMessage(), unusable);
        }
    }

    /** If two windows sign in at once, the second attempt finds the account that the first has created. */
    private Account account(Identity identity) throws SignIns.NotAdmitted {
        try {
            return signIns.signIn(identity);
        } catch (DataIntegrityViolationException | ConcurrencyFailureException e) {
            return signIns.signIn(identity);
        }
    }
}
