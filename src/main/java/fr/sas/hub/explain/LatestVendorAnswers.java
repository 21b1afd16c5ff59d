package fr.sas.hub.explain;

import fr.sas.hub.delivery.Deliveries;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.intake.Intake;
import fr.sas.hub.intake.JudgedEntry;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What vendors last reported about a subject, entry by entry: parsed again from what was stored, for this caller only.
 */
@Component
public class LatestVendorAnswers {

    private final Deliveries deliveries;
    private final Intake intake;

    LatestVendorAnswers(Deliveries deliveries, Intake intake) {
        this.deliveries = deliveries;
        this.intake = intake;
    }

    public record Entry(Delivery delivery, JudgedEntry entry) {}

    /**
     * One vendor's latest answer.
     *
     * @param entries about this subject
     * @param nobodys rejected entries whose subject cannot be determined
     */
    public record Answer(Delivery delivery, List<Entry> entries, int nobodys) {}

    List<Answer> latest(Subject subject, Collection<Source> vendors, Instant by) {
        return deliveries.latestAbout(subject, vendors, by).stream()
                .map(delivery -> read(delivery, subject))
                .toList();
    }

    private Answer read(Delivery delivery, Subject subject) {
        List<JudgedEntry> entries = intake.inspect(
                        delivery, delivery.fetchedAt().plus(delivery.took()))
                .entries();
        boolean onlyOne = delivery.asked().size() == 1;
        return new Answer(
                delivery,
                entries.stream()
                        .filter(entry -> subject.equals(entry.subject()) || onlyOne && entry.subject() == null)
                        .map(entry -> new Entry(delivery, entry))
                        .toList(),
                onlyOne
                        ? 0
                        : (int) entries.stream()
                                .filter(entry -> entry.subject() == null)
                                .count());
    }
}
