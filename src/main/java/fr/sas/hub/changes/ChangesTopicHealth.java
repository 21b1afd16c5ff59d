package fr.sas.hub.changes;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Whether consumers of the topic are given everything. Never a reason to take a node out of service. */
@Component("changesTopicHealthIndicator")
@ConditionalOnProperty(name = "hub.news", havingValue = "kafka")
class ChangesTopicHealth implements HealthIndicator {

    /** Fewer are the database's server, started again meanwhile. */
    private static final int MANY_BEGINNINGS = 3;

    private final ChangesTopic topic;

    ChangesTopicHealth(ChangesTopic topic) {
        this.topic = topic;
    }

    @Override
    public Health health() {
        TopicTable.Standing standing = topic.standing();
        if (standing == null) {
            return Health.unknown()
                    .withDetail("reason", "How far the topic is cannot be read from the database")
                    .build();
        }
        if (standing.beginnings() >= MANY_BEGINNINGS) {
            return Health.status(new Status("WARN"))
                    .withDetail(
                            "reason",
                            "Everything is published again and again, and never to the end: consumers wait for what changes")
                    .withDetail("beginnings", standing.beginnings())
                    .build();
        }
        int oversized = standing.oversized();
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
