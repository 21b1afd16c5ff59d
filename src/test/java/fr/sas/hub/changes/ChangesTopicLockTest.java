package fr.sas.hub.changes;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.when;

import fr.sas.hub.access.OwnHosts;
import fr.sas.hub.database.DatabasePulse;
import fr.sas.hub.kafka.KafkaLine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.mockito.Mockito;
import org.springframework.transaction.PlatformTransactionManager;

/** A node that stood still sends nothing more once another publishes. */
class ChangesTopicLockTest {

    private final Changes changes = mock(Changes.class);
    private final TopicTable table = mock(TopicTable.class);
    private final KafkaLine kafka = mock(KafkaLine.class);
    private final ChangesTopic topic = new ChangesTopic(
            changes,
            mock(ChangesDemand.class),
            table,
            kafka,
            mock(OwnHosts.class),
            mock(DatabasePulse.class),
            mock(PlatformTransactionManager.class),
            new SimpleMeterRegistry(),
            Clock.systemUTC());

    @Test
    void it_looks_whether_it_still_publishes_before_each_send_also_of_what_stands_for_a_record_that_is_too_large() {
        ChangedSubject large = new ChangedSubject("large", 2, Instant.EPOCH, List.of(), List.of());
        when(kafka.isOpen()).thenReturn(true);
        when(kafka.longestSend()).thenReturn(Duration.ofSeconds(1));
        when(kafka.sendUnlessTooLarge(any(), any())).thenReturn(false);
        when(table.lock(any()))
                .thenReturn(Optional.of(new TopicTable.Topic(Position.of(1), Instant.EPOCH, true, Set.of())))
                .thenReturn(Optional.empty());
        when(changes.wholeAfterAsWritten(any(), anyInt()))
                .thenReturn(new ChangesSince.Page(List.of(large), Position.of(2)));

        topic.start();
        Mockito.verify(table, timeout(30_000)).moveTo(any(), any(), any());
        topic.stop();

        InOrder order = inOrder(table, kafka);
        order.verify(table).keepLock();
        order.verify(kafka).sendUnlessTooLarge(any(), any());
        order.verify(table).keepLock();
        order.verify(kafka).sendUnlessTooLarge(any(), any());
        order.verify(table).keepLock();
        order.verify(kafka).send(any(), any());
    }
}
