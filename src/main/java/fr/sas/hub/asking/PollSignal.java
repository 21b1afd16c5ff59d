package fr.sas.hub.asking;

import fr.sas.hub.database.AfterCommit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Tells idle vendors on this node that somebody may be due, so that they look before their next regular look. */
@Component
public class PollSignal {

    private final AtomicLong calls = new AtomicLong();

    /** Changes whenever somebody was woken. */
    long calls() {
        return calls.get();
    }

    void wake() {
        calls.incrementAndGet();
    }

    /** Once the transaction under way is committed, at once without one: what it changed is not to be seen before. */
    public void wakeAfterCommit() {
        AfterCommit.run(this::wake);
    }
}
