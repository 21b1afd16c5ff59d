package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.FrenchLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What axe-core names on pages, wide and narrow, in light and dark, with everything unfolded; which of them are wider than a
 * narrow phone; and which lines begin with a sign before which French has a space. Pictures are
 * left: wide in light, narrow in dark.
 */
final class Barriers {

    private static final int NARROW = 390;
    private static final List<Integer> WIDTHS = List.of(1_400, NARROW);
    private static final String UNFOLD =
            "() => document.querySelectorAll('main details').forEach(each => each.open = true)";

    private final List<String> found = new ArrayList<>();

    /**
     * @param name of no other page or person: its pictures are named so too
     * @param opens shows what is to be looked at; called once for each width
     */
    void lookFor(Page page, String name, Runnable opens) {
        for (int width : WIDTHS) {
            page.setViewportSize(width, 900);
            opens.run();
            page.evaluate(UNFOLD);
            FrenchLines.beginningWithASign(page).forEach(text -> found.add(name + " may break: " + text));
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                String look = width + "-" + scheme.name().toLowerCase(Locale.ROOT);
                Axe.breaches(page).forEach(breach -> found.add(name + " " + look + " " + breach));
                if (width == NARROW == (scheme == ColorScheme.DARK)) {
                    Browser.picture(
                            page, "people-" + name.replaceAll("[^a-z]+", "-").replaceFirst("^-", "") + "-" + look);
                }
            }
        }
        page.setViewportSize(320, 700);
        if ((int) page.evaluate("document.documentElement.scrollWidth") > 320) {
            found.add(name + " is wider than 320 px");
        }
    }

    void areNone() {
        assertThat(found).isEmpty();
    }
}
