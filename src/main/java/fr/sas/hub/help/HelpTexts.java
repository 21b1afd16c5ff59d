package fr.sas.hub.help;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The help texts: the Markdown files of {@code hub.help}, in French, and in English where there is a translation. */
@Component
class HelpTexts {

    private static final Comparator<Article> IN_ORDER =
            Comparator.comparingInt(Article::order).thenComparing(Article::slug);

    private final WatchedFolder<Article> folder;

    HelpTexts(@Value("${hub.help}") Path folder, Clock clock) {
        this.folder = new WatchedFolder<>(folder, ".md", Article::read, clock);
        this.folder.all();
    }

    List<Article> themes(Locale language) {
        return list(language).stream().filter(Article::isTheme).toList();
    }

    /** Those that are not a theme of the questions. */
    List<Article> pages(Locale language) {
        return list(language).stream().filter(article -> !article.isTheme()).toList();
    }

    Optional<Article> find(String slug, Locale language) {
        return Optional.ofNullable(spoken(folder.all(), slug, language));
    }

    List<RefusedFile> refused() {
        return folder.refused();
    }

    boolean isFolderReadable() {
        return folder.isReadable();
    }

    private List<Article> list(Locale language) {
        Map<String, Article> all = folder.all();
        return all.keySet().stream()
                .filter(name -> !name.endsWith(Article.ENGLISH))
                .map(name -> spoken(all, name, language))
                .flatMap(Stream::ofNullable)
                .sorted(IN_ORDER)
                .toList();
    }

    /** In French if there is no English version. */
    private static @Nullable Article spoken(Map<String, Article> all, String slug, Locale language) {
        Article english = language.getLanguage().equals("en") ? all.get(slug + Article.ENGLISH) : null;
        return english != null ? english : all.get(slug);
    }
}
