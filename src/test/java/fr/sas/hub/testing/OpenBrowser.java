package fr.sas.hub.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A browser for all tests of a class, which registers this in a static field; without one on the machine they are skipped. */
public final class OpenBrowser implements BeforeAllCallback, AfterAllCallback {

    private @Nullable Browser browser;

    @Override
    public void beforeAll(ExtensionContext tests) {
        browser = Browser.open();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        if (browser != null) {
            browser.close();
        }
    }

    public Browser get() {
        if (browser == null) {
            throw new IllegalStateException("Opened before the first test");
        }
        return browser;
    }
}
