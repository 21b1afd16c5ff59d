package fr.sas.hub.directory;

import java.nio.file.Path;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Loads the extraction named in the settings in the background: the hub serves requests meanwhile. */
@Component
class LoadAtStart {

    private final Loads loads;
    private final DirectorySettings settings;

    LoadAtStart(Loads loads, DirectorySettings settings) {
        this.loads = loads;
        this.settings = settings;
    }

    @EventListener(ApplicationReadyEvent.class)
    void load() {
        Path file = settings.directory();
        if (file != null) {
            Thread.ofVirtual().name("directory-load").start(() -> loads.loadOnce(file));
        }
    }
}
