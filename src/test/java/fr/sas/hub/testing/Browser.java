package fr.sas.hub.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real browser, the distribution's chromium, without windows where it comes so (a fraction of the processes); tests that need
 * one are skipped, with a word, where there is none.
 */
public final class Browser implements AutoCloseable {

    private static final Path PICTURES = Path.of("target/screenshots");

    /** Longer than a busy machine needs: what is awaited comes before. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    private Browser(Path chromium) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    public static Browser open() {
        Optional<Path> chromium = Stream.of(
                        "/usr/bin/chromium-headless-shell",
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "No chromium on this machine: apt-get install chromium-headless-shell");
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
        return new Browser(chromium.orElseThrow());
    }

    /** A reader of their own, with their own cookies; {@code fr-FR} or {@code en-GB}. */
    public Page page(String locale, ColorScheme scheme) {
        BrowserContext reader = browser.newContext(
                new NewContextOptions().setLocale(locale).setColorScheme(scheme).setViewportSize(1400, 900));
        return reader.newPage();
    }

    /** A reader whose browser runs no script at all. */
    public Page pageWithoutScripts() {
        return browser.newContext(new NewContextOptions().setLocale("fr-FR").setJavaScriptEnabled(false))
                .newPage();
    }

    /** Left under target/, to be looked at. */
    public static void picture(Page page, String name) {
        page.screenshot(new ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
    }

    /** As a window of this size shows it; left beside the others. */
    public static void window(Page page, int width, int height, String name) {
        page.setViewportSize(width, height);
        page.screenshot(new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
