package fr.sas.hub.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** {@code hub.data}: there from the start, so that the health check can watch the room on its disk. */
@Component
class DataFolder {

    DataFolder(@Value("${hub.data}") Path folder) throws IOException {
        Files.createDirectories(folder);
    }
}
