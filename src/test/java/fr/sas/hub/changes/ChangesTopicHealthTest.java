package fr.sas.hub.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTopicHealthTest {

    @ParameterizedTest
    @CsvSource({"0, 0, UP", "0, 1, UP", "0, 3, WARN", "2, 0, WARN", "2, 4, WARN"})
    void it_warns_of_subjects_without_content_and_of_a_publication_that_begins_again_and_again(
            int oversized, int beginnings, String status) {
        ChangesTopic topic = mock(ChangesTopic.class);
        when(topic.status()).thenReturn(new TopicTable.TopicStatus(Duration.ZERO, oversized, beginnings));

        assertThat(new ChangesTopicHealth(topic).health().getStatus().getCode()).isEqualTo(status);
    }
}
