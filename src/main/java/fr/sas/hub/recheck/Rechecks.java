package fr.sas.hub.recheck;

import fr.sas.hub.asking.VendorInquiries;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import jakarta.annotation.PreDestroy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/** Asks vendors about a subject now; concurrent callers with the same question share one answer. */
@Component
class Rechecks {

    private record Question(Source vendor, Subject subject) {}

    private final VendorInquiries inquiries;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Question, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

    Rechecks(VendorInquiries inquiries) {
        this.inquiries = inquiries;
    }

    /** Whether the vendor is one that is polled; one that delivers by itself is not. */
    boolean canAsk(Source vendor) {
        return inquiries.isAsked(vendor);
    }

    /** Whether the vendor answered completely; if so, its answer has been indexed. */
    boolean ask(Source vendor, Subject subject) {
        return recheck(vendor, subject).join();
    }

    /** The same, without waiting. */
    CompletableFuture<Boolean> recheck(Source vendor, Subject subject) {
        Question question = new Question(vendor, subject);
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> other = underWay.putIfAbsent(question, mine);
        if (other != null) {
            return other;
        }
        threads.execute(() -> {
            boolean complete = false;
            try {
                complete = inquiries.ask(vendor, subject).map(Delivery::answer).orElse(null) instanceof Answer.Complete;
            } finally {
                underWay.remove(question);
                mine.complete(complete);
            }
        });
        return mine;
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
