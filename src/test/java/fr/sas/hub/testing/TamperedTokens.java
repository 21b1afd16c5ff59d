package fr.sas.hub.testing;

import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** A stand-in provider that gives a wrong ID token, or falls silent, as long as it is told to. */
public final class TamperedTokens implements Route {

    private volatile @Nullable UnaryOperator<String> answer;
    private volatile @Nullable CountDownLatch silence;
    private volatile String silentAt = "";
    private volatile String nonce = "";

    /** @param tokens makes the answer of the token endpoint from the nonce that the hub sent; null: as always */
    public void answer(@Nullable UnaryOperator<String> tokens) {
        answer = tokens;
    }

    /** It takes every request and answers none, until {@link #speak}. */
    public void fallSilent() {
        fallSilentAt("");
    }

    /** At addresses that end like this only. */
    public void fallSilentAt(String address) {
        silentAt = address;
        silence = new CountDownLatch(1);
    }

    public void speak() {
        CountDownLatch silent = silence;
        silence = null;
        if (silent != null) {
            silent.countDown();
        }
    }

    @Override
    public boolean match(OAuth2HttpRequest request) {
        String sent = request.getUrl().queryParameter("nonce");
        if (sent != null) {
            nonce = sent;
        }
        return isSilentTo(request)
                || (answer != null && request.getUrl().encodedPath().endsWith("/token"));
    }

    private boolean isSilentTo(OAuth2HttpRequest request) {
        return silence != null && request.getUrl().encodedPath().endsWith(silentAt);
    }

    @Override
    public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
        CountDownLatch silent = isSilentTo(request) ? silence : null;
        UnaryOperator<String> tokens = answer;
        if (silent != null) {
            await(silent);
        }
        return new OAuth2HttpResponse(
                Headers.of("Content-Type", "application/json"),
                tokens == null ? 500 : 200,
                tokens == null ? "{}" : tokens.apply(nonce),
                null);
    }

    private static void await(CountDownLatch silent) {
        try {
            silent.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
