package fr.sas.hub.help;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.help.TrainingDocument.Kind;
import fr.sas.hub.help.TrainingDocument.Profile;
import fr.sas.hub.testing.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training document is two files: itself and its descriptor; nothing outside of their folder is ever served. */
class TrainingTest {

    @TempDir
    Path home;

    @Test
    void a_document_is_there_with_its_descriptor() throws IOException {
        Path folder = folder();
        Files.writeString(folder.resolve("guide.pdf"), "%PDF-1.7");
        describe("guide", "title: Guide\nkind: guide\nprofiles: [practitioner, delegate]\nfile: guide.pdf");

        assertThat(training().list(Kind.GUIDE)).singleElement().satisfies(guide -> {
            assertThat(guide.profiles()).containsExactly(Profile.PRACTITIONER, Profile.DELEGATE);
            assertThat(guide.medium()).isEqualTo(TrainingFileType.PDF);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.pdf",
                "/etc/passwd",
                "..\\secret.pdf",
                "inner/secret.pdf",
                ".hidden.pdf",
                "link.pdf",
                "folder.pdf",
                "missing.pdf",
                "secret",
                "page.html",
                "picture.svg",
                "guide.pdf\\0.pdf"
            })
    void what_is_not_a_plain_file_of_a_known_kind_in_the_folder_is_refused(String file) throws IOException {
        Path folder = folder();
        Files.writeString(home.resolve("secret.pdf"), "secret");
        Files.createDirectory(folder.resolve("inner"));
        Files.createDirectory(folder.resolve("folder.pdf"));
        for (String name : new String[] {"inner/secret.pdf", ".hidden.pdf", "page.html", "picture.svg", "secret"}) {
            Files.writeString(folder.resolve(name), "secret");
        }
        Files.createSymbolicLink(folder.resolve("link.pdf"), home.resolve("secret.pdf"));
        describe("wrong", "title: Guide\nkind: guide\nfile: \"" + file.replace("\\", "\\\\") + "\"");

        Training training = training();

        assertThat(training.find("wrong")).isEmpty();
        assertThat(training.refused()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title: A\nkind: book\nfile: good.pdf",
                "title: A\nkind: guide\nprofiles: [doctor]\nfile: good.pdf",
                "title: A\nkind: guide\nprofiles: practitioner\nfile: good.pdf",
                "kind: guide\nfile: good.pdf",
                "title: A\nkind: guide",
                "title: A\nkind: video\nfile: good.pdf\ncaptions: good.pdf",
                "title: A\ntitle: B\nkind: guide\nfile: good.pdf"
            })
    void a_descriptor_that_is_wrong_takes_no_other_down(String wrong) throws IOException {
        Files.writeString(folder().resolve("good.pdf"), "%PDF-1.7");
        describe("good", "title: Bon\nkind: guide\nfile: good.pdf");
        describe("wrong", wrong);

        Training training = training();

        assertThat(training.list(Kind.GUIDE)).extracting(TrainingDocument::slug).containsExactly("good");
        assertThat(training.refused()).hasSize(1);
    }

    @Test
    void every_document_that_comes_with_the_hub_can_be_read_and_every_profile_of_the_guides_has_one() {
        Training ours = new Training(Path.of("help/formation"), new MovableClock());

        assertThat(ours.refused()).isEmpty();
        assertThat(ours.list(Kind.GUIDE).stream().flatMap(guide -> guide.profiles().stream()))
                .contains(Profile.values());
        assertThat(ours.list(Kind.SHEET)).isNotEmpty();
    }

    @Test
    void every_link_of_our_texts_leads_somewhere() throws IOException {
        MovableClock clock = new MovableClock();
        HelpTexts texts = new HelpTexts(Path.of("help"), clock);
        Training training = new Training(Path.of("help/formation"), clock);
        try (Stream<Path> files = Files.walk(Path.of("help"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".md")).toList()) {
                java.util.regex.Pattern.compile("]\\((/[^)]*)\\)")
                        .matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1))
                        .forEach(link -> assertThat(leadsSomewhere(link, texts, training))
                                .as("%s in %s", link, file)
                                .isTrue());
            }
        }
    }

    private static boolean leadsSomewhere(String link, HelpTexts texts, Training training) {
        String path = link.replaceFirst("\\?.*", "");
        return path.equals("/connexion")
                || path.equals("/aide/contact")
                || path.startsWith("/aide/")
                        && texts.find(path.substring("/aide/".length()), java.util.Locale.FRENCH)
                                .isPresent()
                || path.startsWith("/formation/")
                        && training.find(path.substring("/formation/".length())).isPresent();
    }

    private Path folder() throws IOException {
        return Files.createDirectories(home.resolve("formation"));
    }

    private void describe(String slug, String yaml) throws IOException {
        Files.writeString(folder().resolve(slug + ".yaml"), yaml);
    }

    private Training training() throws IOException {
        return new Training(folder(), new MovableClock());
    }
}
