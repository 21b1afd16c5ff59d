package fr.sas.hub.help;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * One text of the folder {@code help/}: a theme of the questions and answers, or a page of its own.
 *
 * @param slug under which it stands in addresses
 * @param language of the text: {@code fr} or {@code en}
 * @param isTheme whether it is one of the questions' themes
 * @param inList its text as HTML, below the heading of its theme
 * @param alone its text as HTML, below the title of its own page
 */
record Article(String slug, String language, boolean isTheme, String title, int order, String inList, String alone) {

    static final String ENGLISH = ".en";

    /** The word after {@code /aide/} that is no article. */
    private static final String CONTACT = "contact";

    private static final Set<String> KEYS = Set.of("theme", "title", "order");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}(\\.en)?");

    /** @param name of the file, without {@code .md} */
    static Article read(String name, String text) throws Unreadable {
        if (!NAME.matcher(name).matches() || name.equals(CONTACT)) {
            throw new Unreadable(
                    1,
                    "the file's name is no address: small letters, digits and hyphens, .en for English, not "
                            + CONTACT);
        }
        FrontMatter says = FrontMatter.atTheBeginningOf(text, KEYS);
        String theme = says.text("theme");
        String title = says.text("title");
        if ((theme == null) == (title == null)) {
            throw new Unreadable(
                    1, "says either its theme, for questions and answers, or its title, for a page of its own");
        }
        String body = String.join("\n", text.lines().skip(says.lines()).toList());
        if (body.isBlank()) {
            throw new Unreadable(says.lines(), "says nothing");
        }
        boolean english = name.endsWith(ENGLISH);
        return new Article(
                english ? name.substring(0, name.length() - ENGLISH.length()) : name,
                english ? "en" : "fr",
                theme != null,
                theme != null ? theme : String.valueOf(title),
                says.order(),
                Markdown.html(body, 4),
                Markdown.html(body, 2));
    }
}
