package fr.sas.hub.rule;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses of booking pages: {@link SlotRule#BAD_URL}. */
public final class BookingPage {

    private static final int LONGEST = 2048;

    private BookingPage() {}

    /** Null when the text is not the http or https address of a page. */
    public static @Nullable URI of(String text) {
        try {
            URI page = new URI(text);
            String scheme = page.getScheme() == null ? "" : page.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            return web && page.getHost() != null && page.getUserInfo() == null && text.length() <= LONGEST
                    ? page
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
