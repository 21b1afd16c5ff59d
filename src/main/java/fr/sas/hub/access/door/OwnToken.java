package fr.sas.hub.access.door;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The token with which this node calls itself while it warms up, as {@link fr.sas.hub.access.Caller#HUB}: drawn at random for that one time,
 * valid only on a connection from the node's own address and until it is withdrawn, kept in memory and nowhere else (docs/decisions/0089).
 */
@Component
public class OwnToken {

    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<@Nullable String> valid = new AtomicReference<>();

    /** @return a new token; the one issued before is no longer valid */
    public String issue() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        valid.set(token);
        return token;
    }

    /** Does nothing to a token issued since. */
    public void withdraw(String token) {
        valid.compareAndSet(token, null);
    }

    boolean isSent(HttpServletRequest request, String token) {
        String expected = valid.get();
        return expected != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.UTF_8))
                && request.getRemoteAddr().equals(request.getLocalAddr());
    }
}
