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
    private record Remembered(
            @Nullable String email,
            @Nullable String practitioner,
            String family,
            String given,
            List<String> roles,
            List<String> territories,
            boolean closed) {
        static Remembered of(AccountView view) {
            return new Remembered(
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

    AccountView made(UUID id, Instant now) {
        return keep(id, null, now);
    }

    AccountView changed(AccountView before, Instant now) {
        return keep(before.id(), before, now);
    }

    private AccountView keep(UUID id, @Nullable AccountView before, Instant now) {
        AccountView after = table.find(id, null).orElseThrow();
        table.remember(id, now, Authorship.current(), before == null ? null : text(before), text(after));
        return after;
    }

    private String text(AccountView view) {
        try {
            return json.writeValueAsString(Remembered.of(view));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
