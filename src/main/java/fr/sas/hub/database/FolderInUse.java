package fr.sas.hub.database;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Another hub uses this data folder: this one exits without having touched anything. */
final class FolderInUse extends RuntimeException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;
    private static final int EXIT_CODE = 4;

    /** @param holder the other's process id, if known */
    FolderInUse(Path data, String holder) {
        super("Another hub" + (holder.isEmpty() ? "" : " (pid " + holder + ")") + " uses " + data
                + ": this one exits; give it a hub.data of its own, or a SPRING_DATASOURCE_URL that both share");
    }

    @Override
    public int getExitCode() {
        return EXIT_CODE;
    }

    /** Reported in one line, without a stack trace. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Reporter implements SpringBootExceptionReporter {

        private static final Logger log = LoggerFactory.getLogger(FolderInUse.class);

        Reporter(@Nullable ConfigurableApplicationContext hub) {}

        @Override
        public boolean reportException(Throwable failure) {
            if (failure instanceof FolderInUse) {
                log.error(failure.getMessage());
                return true;
            }
            return false;
        }
    }
}
