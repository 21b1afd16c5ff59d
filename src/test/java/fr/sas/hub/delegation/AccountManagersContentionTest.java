package fr.sas.hub.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fr.sas.hub.access.EmailAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

class AccountManagersContentionTest {

    private final AccountManagers accountManagers = mock();
    private final AccountManagersEndpoint endpoint = new AccountManagersEndpoint(accountManagers);

    @Test
    void a_change_that_met_another_one_is_made_once_more() {
        AccountManager known = new AccountManager(
                new AccountManager.Details(
                        new EmailAddress("comptes@exemple.fr"),
                        "BLANC",
                        "Sacha",
                        Territories.of(List.of(new Territory("75")))),
                Instant.EPOCH);
        when(accountManagers.change(any(), any(), any()))
                .thenThrow(new CannotAcquireLockException("deadlock detected"))
                .thenReturn(known);

        assertThat(endpoint.put(known.getId().toString(), AccountManagerDocument.of(known), null)
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
    }
}
