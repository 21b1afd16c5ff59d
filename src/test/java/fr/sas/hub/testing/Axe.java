package fr.sas.hub.testing;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** axe-core, run in the page that a browser shows: what breaks WCAG 2.1, levels A and AA. */
public final class Axe {

    private static final String SOURCE = source();
    private static final String RUN = """
            async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations']}))
                .violations.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.target.join(' ') + ' | ' + node.html.slice(0, 160)))
            """;
    private static final List<ColorScheme> LIGHT_THEN_DARK = List.of(ColorScheme.LIGHT, ColorScheme.DARK);

    private Axe() {}

    /** A line for each breach: the rule, where, and what stands there. */
    public static List<?> breaches(Page page) {
        if ((boolean) page.evaluate("typeof axe === 'undefined'")) {
            page.evaluate(SOURCE);
        }
        return (List<?>) page.evaluate(RUN);
    }

    /** The same in light and in dark, without waiting for colours that move; the page is left in the one it was in. */
    public static List<String> breachesInLightAndDark(Page page) {
        boolean dark = (boolean) page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
        List<String> found = new ArrayList<>();
        for (ColorScheme scheme : dark ? LIGHT_THEN_DARK : LIGHT_THEN_DARK.reversed()) {
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
            breaches(page).forEach(breach -> found.add(scheme + " " + breach));
        }
        return found;
    }

    private static String source() {
        try (InputStream script = Objects.requireNonNull(
                Axe.class.getResourceAsStream("/axe.min.js"),
                "com.deque.html.axe-core:playwright is not on the class path of the tests")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
