package fr.sas.hub.help;

import fr.sas.hub.access.FrenchSpacing;
import java.util.List;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlRenderer;

/** CommonMark with tables, rendered as HTML with nothing else in it: tags in the text are shown as text. */
final class Markdown {

    private static final int DEEPEST = 6;
    private static final List<Extension> TABLES = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(TABLES)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(new DefaultUrlSanitizer(Set.of("http", "https", "mailto", "tel")))
            .build();

    private Markdown() {}

    /** With no-break spaces where French has them. @param top the heading level of {@code ##} on the page */
    static String html(String text, int top) {
        Node document = PARSER.parse(text);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                heading.setLevel(Math.min(DEEPEST, Math.max(heading.getLevel(), 2) - 2 + top));
                super.visit(heading);
            }

            @Override
            public void visit(Text text) {
                text.setLiteral(FrenchSpacing.noBreak(text.getLiteral()));
            }
        });
        return RENDERER.render(document);
    }
}
