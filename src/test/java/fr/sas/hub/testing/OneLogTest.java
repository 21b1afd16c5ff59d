package fr.sas.hub.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

class OneLogTest {

    @TempDir
    Path data;

    @Test
    void whoever_reads_the_log_still_does_when_a_hub_has_been_closed_and_another_started() {
        Logger log = (Logger) LoggerFactory.getLogger("ROOT");
        ListAppender<ILoggingEvent> read = new ListAppender<>();
        log.addAppender(read);
        try {
            startsAndIsClosed();
            startsAndIsClosed();

            assertThat(log.isAttached(read)).isTrue();
        } finally {
            log.detachAppender(read);
        }
    }

    private void startsAndIsClosed() {
        new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .run("--spring.config.name=none", "--hub.data=" + data)
                .close();
    }

    static final class Nothing {}
}
