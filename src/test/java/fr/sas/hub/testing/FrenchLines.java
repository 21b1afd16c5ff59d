package fr.sas.hub.testing;

import com.microsoft.playwright.Page;
import java.util.List;

/** Where a browser may break a line before « : », « ; », « ? », « ! » or inside quotation marks. */
public final class FrenchLines {

    private static final String FIND = """
            () => {
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const found = [];
              while (texts.nextNode()) {
                const text = texts.currentNode;
                if (text.parentElement.closest('script, style, textarea, pre, code, .hidden, [lang=en]')) continue;
                const line = text.data.replace(/[ \\n]+/g, ' ');
                if (/« | »| [:;?!]+([\\s)».,]|$)/.test(line)) found.push(line.trim().slice(0, 120));
              }
              return found;
            }
            """;

    private FrenchLines() {}

    /** The texts in which that can happen, shortened. */
    public static List<?> beginningWithASign(Page page) {
        return (List<?>) page.evaluate(FIND);
    }
}
