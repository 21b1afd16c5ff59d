package fr.sas.hub.regulator;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Checks every few seconds which vendors lack what they should have been sent by now: one that took no accounts for a
 * while and takes them again, or was unknown to the node on which a regulator was deactivated. Without this check a
 * withdrawn authorisation could remain in force for ever, as a deactivated regulator does not log in.
 */
@Component
class MissedNotifications {

    private static final Logger log = LoggerFactory.getLogger(MissedNotifications.class);
    private static final int AT_ONCE = 500;

    private final RegulatorAccounts accounts;
    private final AccountTables tables;

    MissedNotifications(RegulatorAccounts accounts, AccountTables tables) {
        this.accounts = accounts;
        this.tables = tables;
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void queuePending() {
        List<AccountTables.PendingNotification> pending = tables.pending(accounts.takingAccounts(), AT_ONCE);
        pending.forEach(accounts::queuePending);
        if (!pending.isEmpty()) {
            log.info("{} letters about accounts were missing and have been queued for vendors", pending.size());
        }
    }
}
