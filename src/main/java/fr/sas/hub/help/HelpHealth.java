package fr.sas.hub.help;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** Whether what people read for help can be read; nobody is served worse otherwise, so it is only a warning. */
@Component("helpHealthIndicator")
class HelpHealth implements HealthIndicator {

    private static final Status WARN = new Status("WARN");

    private final HelpTexts texts;
    private final Training training;

    HelpHealth(HelpTexts texts, Training training) {
        this.texts = texts;
        this.training = training;
    }

    @Override
    public Health health() {
        if (!texts.isFolderReadable() || !training.isFolderReadable()) {
            return Health.status(WARN)
                    .withDetail("reason", "The folder of help (hub.help) cannot be read; what was read of it stays")
                    .build();
        }
        List<RefusedFile> refused = Stream.concat(texts.refused().stream(), training.refused().stream())
                .toList();
        return refused.isEmpty()
                ? Health.up().build()
                : Health.status(WARN)
                        .withDetail("reason", "Files of help are refused; their last good versions stay")
                        .withDetail("refused", refused)
                        .build();
    }
}
