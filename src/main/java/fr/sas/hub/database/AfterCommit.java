package fr.sas.hub.database;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Runs actions that must not happen before a transaction commits. */
public final class AfterCommit {

    private AfterCommit() {}

    /** Runs at once when no transaction is active; otherwise after commit, and never after rollback. */
    public static void run(Runnable action) {
        run(action, () -> {});
    }

    /**
     * @param inDoubt run instead when a commit was attempted and failed: the database may nevertheless have committed, or may
     *     still do so
     */
    public static void run(Runnable action, Runnable inDoubt) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            action.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            private boolean tried;

            @Override
            public void beforeCommit(boolean readOnly) {
                tried = true;
            }

            @Override
            public void afterCommit() {
                action.run();
            }

            @Override
            public void afterCompletion(int status) {
                if (tried && status != STATUS_COMMITTED) {
                    inDoubt.run();
                }
            }
        });
    }
}
