package fr.sas.hub.account;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * « S'identifier avec Pro Santé Connect » leads there directly, without a page of the broker in between ({@code
 * kc_idp_hint}).
 */
record BrokerHint(OAuth2AuthorizationRequestResolver asking, String alias)
        implements OAuth2AuthorizationRequestResolver {

    /** The parameter in the address of the button. */
    static final String BY = "par";

    static final String PRO_SANTE_CONNECT = "psc";

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        return hinted(request, asking.resolve(request));
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registration) {
        return hinted(request, asking.resolve(request, registration));
    }

    private @Nullable OAuth2AuthorizationRequest hinted(
            HttpServletRequest request, @Nullable OAuth2AuthorizationRequest asked) {
        return asked == null || !PRO_SANTE_CONNECT.equals(request.getParameter(BY))
                ? asked
                : OAuth2AuthorizationRequest.from(asked)
                        .additionalParameters(more -> more.put("kc_idp_hint", alias))
                        .build();
    }
}
