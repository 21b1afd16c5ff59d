package fr.sas.hub.database;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Whether searches are read from the replica. Without it the primary does all the work, so it is no more than a warning. */
@Component("replicaHealthIndicator")
@ConditionalOnProperty(ReadReplicaRouting.ADDRESS)
class ReadReplicaHealth implements HealthIndicator {

    private final ReadReplica replica;

    ReadReplicaHealth(ReadReplica replica) {
        this.replica = replica;
    }

    @Override
    public Health health() {
        Health.Builder health = replica.isAnswering()
                ? Health.up()
                : Health.status(new Status("WARN"))
                        .withDetail("reason", "Searches are read from the primary instead of the read replica")
                        .withDetail("replica", replica.trouble());
        return health.withDetail("knownAt", replica.knownAt().toString()).build();
    }
}
