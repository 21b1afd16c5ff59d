package fr.sas.hub.help;

import fr.sas.hub.help.TrainingDocument.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The documents of {@code formation/} in {@code hub.help}, each with a descriptor, {@code <address>.yaml}. */
@Component
class Training {

    private static final Comparator<TrainingDocument> IN_ORDER =
            Comparator.comparingInt(TrainingDocument::order).thenComparing(TrainingDocument::slug);

    private final WatchedFolder<TrainingDocument> folder;

    Training(@Value("${hub.help}/formation") Path folder, Clock clock) {
        this.folder =
                new WatchedFolder<>(folder, ".yaml", (name, text) -> TrainingDocument.read(folder, name, text), clock);
        this.folder.all();
    }

    List<TrainingDocument> list(Kind kind) {
        return folder.all().values().stream()
                .filter(document -> document.kind() == kind)
                .sorted(IN_ORDER)
                .toList();
    }

    Optional<TrainingDocument> find(String slug) {
        return Optional.ofNullable(folder.all().get(slug));
    }

    /** The text of a page. @throws IOException if the file has been removed since */
    static String text(TrainingDocument document) throws IOException {
        return Files.readString(document.file());
    }

    List<RefusedFile> refused() {
        return folder.refused();
    }

    boolean isFolderReadable() {
        return folder.isReadable();
    }
}
