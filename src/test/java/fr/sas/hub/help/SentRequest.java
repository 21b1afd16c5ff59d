package fr.sas.hub.help;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request that somebody sends by the contact form, for tests of what becomes of it. */
public final class SentRequest {

    private static final Pattern NUMBER = Pattern.compile("SAS-([0-9]{6})");

    private final ContactVisit visit;

    private SentRequest(ContactVisit visit) {
        this.visit = visit;
    }

    public static SentRequest by(int port, String given, String email) {
        return new SentRequest(
                ContactVisit.from(port, "127.0.0.30").with("given", given).with("email", email));
    }

    public SentRequest about(String topic, String territory) {
        visit.with("topic", topic).with("territory", territory);
        return this;
    }

    public SentRequest saying(String message) {
        visit.with("message", message);
        return this;
    }

    /** A small picture. */
    public SentRequest file(String name) {
        visit.file(name, SomeFiles.of("png"));
        return this;
    }

    public long number() {
        String page = visit.submit().body();
        Matcher number = NUMBER.matcher(page);
        if (!number.find()) {
            throw new AssertionError(page);
        }
        return Long.parseLong(number.group(1));
    }
}
