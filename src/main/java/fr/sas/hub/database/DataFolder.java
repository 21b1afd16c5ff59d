package fr.sas.hub.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** {@code hub.data}: created at startup, so that the health check can watch the free space on its disk. */
@Component
class DataFolder {

    private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    DataFolder(@Value("${hub.data}") Path folder) throws IOException {
        create(folder);
    }

    /** A new folder is accessible to its owner only; an existing one is left as it is. */
    static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (isPosix(folder.toAbsolutePath())) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** Makes it accessible to its owner only, unless it is a shared folder such as {@code /tmp}. */
    static void ownOnly(Path folder) throws IOException {
        create(folder);
        if (!isPosix(folder)) {
            return;
        }
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(folder);
        if (now.equals(OWNER_ONLY)) {
            return;
        }
        if (now.contains(PosixFilePermission.OTHERS_WRITE)) {
            log.warn("{} is writable by everyone: give the hub a hub.data of its own", folder);
            return;
        }
        try {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        } catch (IOException e) {
            log.warn("{} is accessible to others and the hub cannot change that: {}", folder, e.toString());
        }
    }

    static void createOwnFile(Path file) throws IOException {
        if (isPosix(file.toAbsolutePath())) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private static boolean isPosix(Path path) throws IOException {
        Path known = path;
        while (known.getParent() != null && !Files.exists(known)) {
            known = known.getParent();
        }
        return Files.getFileStore(known).supportsFileAttributeView(PosixFileAttributeView.class);
    }
}
