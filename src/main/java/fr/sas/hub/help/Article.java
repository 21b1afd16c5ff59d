package fr.sas.hub.help;

import fr.sas.hub.access.FrenchSpacing;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One text of the folder {@code help/}: a theme of the questions and answers, or a separate page.
 *
 * @param slug its name in addresses
 * @param language of the text: {@code fr} or {@code en}
 * @param isTheme whether it is a theme of the questions and answers
 * @param inList its text as HTML, for display below the heading of its theme
 * @param alone its text as HTML, for display below the title of a separate page
 */
record Article(String slug, String language, boolean isTheme, String title, int order, String inList, String alone) {

    static final String ENGLISH = ".en";

    /** The address below {@code /aide/} that is not an article. */
    private static final String CONTACT = "contact";

    private static final Set<String> KEYS = Set.of("theme", "title", "order");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}(\\.en)?");

    /** @param name of the file, without {@code .md} */
    static Article read(String name, String text) throws UnreadableFile {
        if (!NAME.matcher(name).matches() || name.equals(CONTACT)) {
            throw new UnreadableFile(
                    1,
                    "the file name must consist of lower-case letters, digits and hyphens, with .en for English, and not be "
                            + CONTACT);
        }
        FrontMatter says = FrontMatter.atTheBeginningOf(text, KEYS);
        String theme = says.text("theme");
        String title = says.text("title");
        if ((theme == null) == (title == null)) {
            throw new UnreadableFile(
                    1, "must have either a theme, for questions and answers, or a title, for a separate page");
        }
        String body = String.join("\n", text.lines().skip(says.lines()).toList());
        if (body.isBlank()) {
            throw new UnreadableFile(says.lines(), "has no text");
        }
        boolean english = name.endsWith(ENGLISH);
        return new Article(
                english ? name.substring(0, name.length() - ENGLISH.length()) : name,
                english ? "en" : "fr",
                theme != null,
                FrenchSpacing.noBreak(theme != null ? theme : String.valueOf(title)),
                says.order(),
                Markdown.html(body, 4),
                Markdown.html(body, 2));
    }
}
