package fr.sas.hub.asking;

import fr.sas.hub.database.AfterCommit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Tells idle vendors on this node that something may be due, so that they check before their next regular check. */
@Component
public class PollSignal {

    private final AtomicLong calls = new AtomicLong();

    /** Changes with every wake-up. */
    long calls() {
        return calls.get();
    }

    void wake() {
        calls.incrementAndGet();
    }

    /** Once the current transaction is committed, or at once if there is none: its changes are not visible earlier. */
    public void wakeAfterCommit() {
        AfterCommit.run(this::wake);
    }
}
