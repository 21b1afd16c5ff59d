package fr.sas.hub.changes;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Whether consumers of the topic receive everything. Never a reason to take a node out of service. */
@Component("changesTopicHealthIndicator")
@ConditionalOnProperty(name = "hub.news", havingValue = "kafka")
class ChangesTopicHealth implements HealthIndicator {

    /** Fewer only mean that the database server was restarted in between. */
    private static final int MANY_BEGINNINGS = 3;

    private final ChangesTopic topic;

    ChangesTopicHealth(ChangesTopic topic) {
        this.topic = topic;
    }

    @Override
    public Health health() {
        TopicTable.TopicStatus status = topic.status();
        if (status == null) {
            return Health.unknown()
                    .withDetail("reason", "How far the topic has got cannot be read from the database")
                    .build();
        }
        if (status.beginnings() >= MANY_BEGINNINGS) {
            return Health.status(new Status("WARN"))
                    .withDetail(
                            "reason",
                            "Full publication keeps restarting and never completes: consumers wait for changes")
                    .withDetail("beginnings", status.beginnings())
                    .build();
        }
        int oversized = status.oversized();
        return oversized == 0
                ? Health.up().build()
                : Health.status(new Status("WARN"))
                        .withDetail(
                                "reason",
                                "Some subjects have more slots than the topic accepts in one record: consumers must search"
                                        + " for them")
                        .withDetail("subjects", oversized)
                        .build();
    }
}
