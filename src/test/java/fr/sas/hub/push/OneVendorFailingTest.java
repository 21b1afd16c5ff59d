package fr.sas.hub.push;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fr.sas.hub.asking.PushedDeliveries;
import fr.sas.hub.slot.Source;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A vendor whose resources the database fails on, each time. */
class OneVendorFailingTest {

    private static final Source FAILING = new Source("failing");
    private static final Source NEXT = new Source("next");

    private final SubjectTables subjects = mock();
    private final PushedDeliveries deliveries = mock();
    private final StoredResourceRefresher refresher = new StoredResourceRefresher(
            mock(),
            subjects,
            mock(),
            mock(),
            deliveries,
            new TransactionTemplate(mock(PlatformTransactionManager.class)),
            mock(),
            Clock.systemUTC());

    @BeforeEach
    void both_are_due() {
        when(subjects.vendorsDue(any())).thenReturn(List.of(FAILING.name(), NEXT.name()));
        when(deliveries.terms(NEXT)).thenReturn(Optional.empty());
    }

    @Test
    void holds_up_no_other() {
        when(deliveries.terms(FAILING))
                .thenThrow(new DataAccessResourceFailureException("", new SQLException("out of memory", "53200")));

        refresher.lookAgain();

        verify(deliveries).terms(NEXT);
    }

    @Test
    void without_a_connection_no_other_is_tried_in_vain() {
        when(deliveries.terms(FAILING)).thenThrow(new CannotGetJdbcConnectionException("none"));

        assertThatThrownBy(refresher::lookAgain).isInstanceOf(CannotGetJdbcConnectionException.class);

        verify(deliveries, never()).terms(NEXT);
    }
}
