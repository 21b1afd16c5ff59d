package fr.sas.hub.account;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.stereotype.Component;

/** Signing out here also signs out at the provider (OpenID Connect RP-Initiated Logout 1.0). */
@Component
class WayOut extends OidcClientInitiatedLogoutSuccessHandler {

    WayOut(IdentityProvider provider) {
        super(id -> provider.answers() ? provider.findByRegistrationId(id) : null);
        setPostLogoutRedirectUri("{baseUrl}" + SignInPage.PATH);
        setDefaultTargetUrl(SignInPage.PATH);
        setRedirectStrategy(WayOut::leaveByAPage);
    }

    /** Where the provider signs people out; empty if it does not answer, or does not say where. */
    Optional<String> find(HttpServletRequest request, HttpServletResponse response, Authentication signedIn) {
        return Optional.of(determineTargetUrl(request, response, signedIn)).filter(target -> !target.startsWith("/"));
    }

    /**
     * Browsers apply a page's {@code form-action} policy to redirects of its forms too, and the hub cannot know where
     * the provider redirects to (the providers it brokers): a page of the hub goes there instead.
     */
    private static void leaveByAPage(HttpServletRequest request, HttpServletResponse response, String target)
            throws IOException {
        if (target.startsWith("/")) {
            response.sendRedirect(target);
            return;
        }
        request.setAttribute(SignInPage.NEXT, target);
        try {
            request.getRequestDispatcher(SignInPage.LEAVING).forward(request, response);
        } catch (ServletException e) {
            throw new IOException(e);
        }
    }
}
