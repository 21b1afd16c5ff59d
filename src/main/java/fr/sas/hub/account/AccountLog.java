package fr.sas.hub.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.access.Authorship;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Records what was changed in an account, and by whom. */
@Component
class AccountLog {

    private final AccountTable table;
    private final ObjectMapper json;

    AccountLog(AccountTable table, ObjectMapper json) {
        this.table = table;
        this.json = json;
    }

    /** The part of an account that is recorded in its history. */
    private record AccountSnapshot(
            @Nullable String email,
            @Nullable String practitioner,
            String family,
            String given,
            List<String> roles,
            List<String> territories,
            boolean closed) {
        static AccountSnapshot of(AccountView view) {
            return new AccountSnapshot(
                    view.email(),
                    view.practitioner(),
                    view.family(),
                    view.given(),
                    view.roles(),
                    view.territories(),
                    view.closedAt() != null);
        }
    }

    /** The account as it is before a change. */
    AccountView now(UUID id) {
        return table.find(id, null).orElseThrow();
    }

    AccountView created(UUID id, Instant now) {
        return record(id, null, now);
    }

    AccountView changed(AccountView before, Instant now) {
        return record(before.id(), before, now);
    }

    private AccountView record(UUID id, @Nullable AccountView before, Instant now) {
        AccountView after = table.find(id, null).orElseThrow();
        table.recordChange(id, now, Authorship.current(), before == null ? null : text(before), text(after));
        return after;
    }

    private String text(AccountView view) {
        try {
            return json.writeValueAsString(AccountSnapshot.of(view));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
