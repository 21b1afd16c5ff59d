package fr.sas.hub.directory;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** {@code hub.directory}: a national extraction to load at startup, see DESIGN §6; null: none. */
@ConfigurationProperties("hub")
record DirectorySettings(@Nullable Path directory) {}
