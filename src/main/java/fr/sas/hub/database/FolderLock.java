package fr.sas.hub.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Ensures one hub per data folder with an embedded database: acquired before anything of the hub starts, held until all
 * of it has stopped, and released by the operating system if the hub is killed.
 */
final class FolderLock implements DisposableBean {

    private final FileChannel file;
    private final FileLock lock;

    private FolderLock(FileChannel file, FileLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /** @throws FolderInUse when another hub holds it */
    static FolderLock take(Path data) throws IOException {
        DataFolder.create(data);
        FileChannel file = FileChannel.open(
                data.resolve("hub.lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                file.truncate(0);
                file.write(ByteBuffer.wrap(
                        String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
                return new FolderLock(file, lock);
            }
        } catch (OverlappingFileLockException e) {
            // held by another hub in this process
        }
        FolderInUse inUse = new FolderInUse(data, holder(file));
        file.close();
        throw inUse;
    }

    private static String holder(FileChannel file) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        file.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).replaceAll("\\D", "");
    }

    @Override
    public void destroy() throws IOException {
        lock.release();
        file.close();
    }

    /**
     * Takes the lock once the configuration is known but before any bean is created; with an external database, hubs
     * may share a folder.
     */
    static final class Taking implements ApplicationListener<ApplicationPreparedEvent> {
        @Override
        public void onApplicationEvent(ApplicationPreparedEvent prepared) {
            Environment environment = prepared.getApplicationContext().getEnvironment();
            String address = environment.getProperty(EmbeddedDatabase.ADDRESS, EmbeddedDatabase.EMBEDDED);
            if (!address.equalsIgnoreCase(EmbeddedDatabase.EMBEDDED)
                    || !(prepared.getApplicationContext().getBeanFactory()
                            instanceof DefaultSingletonBeanRegistry beans)) {
                return;
            }
            Path data = Path.of(environment.getProperty("hub.data", "data"));
            try {
                // registered first, so destroyed last
                beans.registerDisposableBean("folderLock", take(data.toAbsolutePath()));
            } catch (IOException e) {
                throw new IllegalStateException("The data folder " + data.toAbsolutePath() + " cannot be locked", e);
            }
        }
    }
}
