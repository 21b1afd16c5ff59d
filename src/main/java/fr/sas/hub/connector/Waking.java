package fr.sas.hub.connector;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells idle vendors on this node that somebody may be due, so that they look before their next regular look. */
@Component
class Waking {

    private final AtomicLong calls = new AtomicLong();

    /** Changes whenever somebody was woken. */
    long calls() {
        return calls.get();
    }

    void wake() {
        calls.incrementAndGet();
    }

    /** At once, and again when the transaction under way is over: what it changed is not to be seen before. */
    void wakeAfterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            wake();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake();
            }
        });
    }
}
