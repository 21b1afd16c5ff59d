package fr.sas.hub.help;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** Whether the help texts can be read; if not, the service is otherwise unaffected, so this is only a warning. */
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
                    .withDetail(
                            "reason", "The help folder (hub.help) cannot be read; what was read before is still shown")
                    .build();
        }
        List<RefusedFile> refused = Stream.concat(texts.refused().stream(), training.refused().stream())
                .toList();
        return refused.isEmpty()
                ? Health.up().build()
                : Health.status(WARN)
                        .withDetail("reason", "Some help files are refused; their last good versions are still shown")
                        .withDetail("refused", refused)
                        .build();
    }
}
