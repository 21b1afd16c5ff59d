package fr.sas.hub.help;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.help.TrainingDocument.Kind;
import fr.sas.hub.help.TrainingDocument.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.util.HtmlUtils;

/** {@code /formation}: « Espace de formation », with guides by profile, sheets and videos (guides 002 and 003, 3.2). */
@Controller
class TrainingPage {

    static final String PATH = "/formation";
    static final String FILE = "/fichier";

    private static final String ONE = PATH + "/{slug:[a-z0-9-]+}";
    private static final MediaType CAPTIONS = MediaType.parseMediaType("text/vtt;charset=UTF-8");

    private static final String ALONE = """
            <!doctype html>
            <html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>body{font:1.05rem/1.55 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
            table{border-collapse:collapse}td,th{border:1px solid;padding:.3rem .6rem;text-align:left}</style></head>
            <body><main><h1>%s</h1>
            %s</main></body></html>
            """;

    private final Training training;

    TrainingPage(Training training) {
        this.training = training;
    }

    /** Documents for one profile, or for everyone if it is null. */
    record Group(@Nullable Profile profile, List<TrainingDocument> documents) {}

    @GetMapping(PATH)
    String list(Model model) {
        model.addAttribute("guides", byProfile(training.list(Kind.GUIDE)));
        model.addAttribute("sheets", training.list(Kind.SHEET));
        model.addAttribute("videos", training.list(Kind.VIDEO));
        model.addAttribute("unreadable", !training.isFolderReadable());
        return "people/training";
    }

    private static List<Group> byProfile(List<TrainingDocument> guides) {
        List<Group> groups = new ArrayList<>();
        for (Profile profile : Profile.values()) {
            groups.add(new Group(
                    profile,
                    guides.stream()
                            .filter(each -> each.profiles().contains(profile))
                            .toList()));
        }
        groups.add(new Group(
                null, guides.stream().filter(each -> each.profiles().isEmpty()).toList()));
        return groups.stream().filter(group -> !group.documents().isEmpty()).toList();
    }

    @GetMapping(ONE)
    String one(@PathVariable String slug, Model model) throws IOException {
        TrainingDocument document = document(slug);
        if (!document.isPage()) {
            return "redirect:" + PATH + "/" + slug + FILE;
        }
        model.addAttribute("document", document);
        model.addAttribute("back", PATH);
        if (!document.medium().isVideo()) {
            model.addAttribute("text", Markdown.html(Training.text(document), 2));
        }
        return "people/training-document";
    }

    /** For display in the browser. */
    @GetMapping(ONE + FILE)
    ResponseEntity<Resource> show(@PathVariable String slug, Locale language) throws IOException {
        TrainingDocument document = document(slug);
        return document.medium().isShown() && document.medium() != TrainingFileType.MARKDOWN
                ? bytes(document, ContentDisposition.inline(), new FileSystemResource(document.file()))
                : download(slug, language);
    }

    /** For download. */
    @GetMapping(ONE + "/telecharger")
    ResponseEntity<Resource> download(@PathVariable String slug, Locale language) throws IOException {
        TrainingDocument document = document(slug);
        return bytes(
                document,
                ContentDisposition.attachment(),
                document.medium() == TrainingFileType.MARKDOWN
                        ? alone(document, language.getLanguage())
                        : new FileSystemResource(document.file()));
    }

    @GetMapping(ONE + "/sous-titres")
    ResponseEntity<Resource> captions(@PathVariable String slug) {
        Path captions = document(slug).captions();
        if (captions == null) {
            throw nothing();
        }
        return ResponseEntity.ok().contentType(CAPTIONS).body(new FileSystemResource(captions));
    }

    private static ResponseEntity<Resource> bytes(
            TrainingDocument document, ContentDisposition.Builder how, Resource content) {
        String file = Objects.requireNonNull(document.file().getFileName()).toString();
        String name = document.medium() == TrainingFileType.MARKDOWN ? document.slug() + ".html" : file;
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        how.filename(name, StandardCharsets.UTF_8).build().toString())
                .contentType(document.medium().type())
                .body(content);
    }

    private static Resource alone(TrainingDocument document, String language) throws IOException {
        String title = HtmlUtils.htmlEscape(document.title(language));
        return new ByteArrayResource(ALONE.formatted("fr", title, title, Markdown.html(Training.text(document), 2))
                .getBytes(StandardCharsets.UTF_8));
    }

    private TrainingDocument document(String slug) {
        return training.find(slug)
                .filter(known -> Files.isReadable(known.file()))
                .orElseThrow(TrainingPage::nothing);
    }

    private static NotFound nothing() {
        return new NotFound("There is no such document", "Il n'y a pas de document à cette adresse.");
    }
}
