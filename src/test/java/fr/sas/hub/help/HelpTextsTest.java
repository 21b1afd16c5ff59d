package fr.sas.hub.help;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.MovableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.Status;

/** What people read for help is what lies in the folder, and one wrong file is its own affair. */
class HelpTextsTest {

    private final MovableClock clock = new MovableClock();

    @TempDir
    Path folder;

    @Test
    void themes_stand_in_their_order_and_pages_of_their_own_beside_them() throws IOException {
        write("b.md", "---\ntheme: Second\norder: 20\n---\n## Une question ?\n\nUne réponse.");
        write("a.md", "---\ntheme: Premier\norder: 10\n---\n## Une question ?\n\nUne réponse.");
        write("c.md", "---\ntitle: Rappel\n---\nUn texte.");

        HelpTexts texts = new HelpTexts(folder, clock);

        assertThat(texts.themes(Locale.FRENCH)).extracting(Article::title).containsExactly("Premier", "Second");
        assertThat(texts.pages(Locale.FRENCH)).extracting(Article::title).containsExactly("Rappel");
    }

    @Test
    void english_is_read_where_somebody_wrote_it_and_french_elsewhere() throws IOException {
        write("a.md", "---\ntheme: Mot de passe\n---\nTexte.");
        write("a.en.md", "---\ntheme: Password\n---\nText.");
        write("b.md", "---\ntheme: Compte\n---\nTexte.");

        List<Article> read = new HelpTexts(folder, clock).themes(Locale.ENGLISH);

        assertThat(read).extracting(Article::title).containsExactly("Password", "Compte");
        assertThat(read).extracting(Article::language).containsExactly("en", "fr");
    }

    @Test
    void a_file_that_changes_is_read_again_and_one_that_goes_is_gone() throws IOException {
        write("a.md", "---\ntheme: Avant\n---\nTexte.");
        write("b.md", "---\ntheme: Reste\n---\nTexte.");
        HelpTexts texts = new HelpTexts(folder, clock);

        write("a.md", "---\ntheme: Après le changement\n---\nTexte.");
        Files.delete(folder.resolve("b.md"));
        clock.moveTo(clock.instant().plusSeconds(2));

        assertThat(texts.themes(Locale.FRENCH)).extracting(Article::title).containsExactly("Après le changement");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no description",
                "---\ntheme: never closed",
                "---\ntheme: A\ntitle: B\n---\nText",
                "---\norder: 1\n---\nText",
                "---\ntheme: A\ncolour: red\n---\nText",
                "---\ntheme: A\norder: first\n---\nText",
                "---\ntheme: [a, b]\n---\nText",
                "---\ntheme: A\n---\n",
                "---\n- a\n---\nText",
                "---\na: &x [1]\nb: *x\n---\nText",
                "---\n!!javax.script.ScriptEngineManager []\n---\nText"
            })
    void a_file_that_cannot_be_read_is_told_with_its_line_and_takes_no_other_down(String wrong) throws IOException {
        write("good.md", "---\ntheme: Bon\n---\nTexte.");
        write("wrong.md", wrong);

        HelpTexts texts = new HelpTexts(folder, clock);

        assertThat(texts.themes(Locale.FRENCH)).extracting(Article::title).containsExactly("Bon");
        assertThat(texts.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.file()).endsWith("wrong.md");
            assertThat(refused.line()).isPositive();
            assertThat(refused.reason()).isNotBlank();
        });
        assertThat(health(texts).health().getStatus()).isEqualTo(new Status("WARN"));
    }

    @Test
    void what_was_good_stays_while_the_file_is_wrong_and_health_is_well_again_with_the_file() throws IOException {
        write("a.md", "---\ntheme: Bon\n---\nTexte.");
        HelpTexts texts = new HelpTexts(folder, clock);

        Files.write(folder.resolve("a.md"), "---\ntheme: Cass\u00e9\n---\nTexte".getBytes(StandardCharsets.ISO_8859_1));
        clock.moveTo(clock.instant().plusSeconds(2));
        assertThat(texts.themes(Locale.FRENCH)).extracting(Article::title).containsExactly("Bon");
        assertThat(texts.refused()).extracting(RefusedFile::reason).containsExactly("is not UTF-8");

        write("a.md", "---\ntheme: Meilleur\n---\nTexte.");
        clock.moveTo(clock.instant().plusSeconds(2));
        assertThat(texts.themes(Locale.FRENCH)).extracting(Article::title).containsExactly("Meilleur");
        assertThat(health(texts).health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void a_folder_that_cannot_be_read_any_more_leaves_what_was_read() throws IOException {
        Path moved = folder.resolve("help");
        Files.createDirectory(moved);
        Files.writeString(moved.resolve("a.md"), "---\ntheme: Bon\n---\nTexte.");
        HelpTexts texts = new HelpTexts(moved, clock);

        Files.move(moved, folder.resolve("away"));
        clock.moveTo(clock.instant().plusSeconds(2));

        assertThat(texts.themes(Locale.FRENCH)).extracting(Article::title).containsExactly("Bon");
        assertThat(texts.isFolderReadable()).isFalse();
        assertThat(health(texts).health().getStatus()).isEqualTo(new Status("WARN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Grande.md", "contact.md", "a_b.md", "été.md", "a.fr.md"})
    void a_name_that_is_no_address_is_refused(String name) throws IOException {
        write(name, "---\ntheme: Bon\n---\nTexte.");

        assertThat(new HelpTexts(folder, clock).refused()).hasSize(1);
    }

    @Test
    void tags_and_addresses_that_run_are_shown_as_typed_and_never_obeyed() {
        String html = Markdown.html("""
                <script>alert(1)</script>

                Un <b onclick=alert(1)>texte</b>, [un lien](javascript:alert(1)), [un autre](data:text/html,x),
                ![image](javascript:alert(1)) et <javascript:alert(1)>.

                | <img src=x onerror=alert(1)> | b |
                |---|---|
                | 1 | 2 |
                """, 2);

        assertThat(html)
                .contains("&lt;script&gt;")
                .contains("&lt;b onclick")
                .contains("&lt;img")
                .doesNotContain("<script", "<b ", "<img src=x", "href=\"javascript", "href=\"data", "src=\"javascript");
    }

    @Test
    void headings_stand_below_the_title_of_their_page() {
        assertThat(Markdown.html("# A\n\n## B\n\n### C", 4)).contains("<h4>A</h4>", "<h4>B</h4>", "<h5>C</h5>");
    }

    @Test
    void every_text_that_comes_with_the_hub_can_be_read_and_is_there_in_both_languages() {
        HelpTexts ours = new HelpTexts(Path.of("help"), clock);

        assertThat(ours.refused()).isEmpty();
        assertThat(ours.themes(Locale.FRENCH))
                .extracting(Article::title)
                .contains(
                        "Perte de login / mot de passe",
                        "Problème de connexion par Pro Santé Connect",
                        "Demande de création d'un compte",
                        "Déclaration d'un bug ou d'un incident");
        assertThat(ours.themes(Locale.ENGLISH)).extracting(Article::language).containsOnly("en");
        assertThat(ours.pages(Locale.ENGLISH)).extracting(Article::language).containsOnly("en");
    }

    private HelpHealth health(HelpTexts texts) {
        return new HelpHealth(texts, new Training(Path.of("help/formation"), clock));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
