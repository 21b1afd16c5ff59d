package fr.sas.hub.intake;

import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.slot.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** What was counted for one vendor on one day and has not been written yet. Guarded by {@link Tallies}. */
final class Tally {

    /** @param day in Europe/Paris */
    record TallyKey(LocalDate day, Source source) {}

    /** How often a rule was broken, when last, and the latest example. */
    record BrokenRuleCount(long count, Instant lastSeen, Finding example) {
        BrokenRuleCount and(BrokenRuleCount later) {
            return new BrokenRuleCount(count + later.count, later.lastSeen, later.example);
        }
    }

    /** Deliveries read, slots accepted, withheld and rejected. */
    record Volume(long deliveries, long accepted, long withheld, long rejected) {
        static final Volume NONE = new Volume(0, 0, 0, 0);

        Volume and(Volume other) {
            return new Volume(
                    deliveries + other.deliveries,
                    accepted + other.accepted,
                    withheld + other.withheld,
                    rejected + other.rejected);
        }
    }

    private final Map<Rule, BrokenRuleCount> broken = new HashMap<>();
    private Volume volume = Volume.NONE;

    void add(DeliveryFindings findings, Instant at) {
        findings.counts().forEach((rule, count) -> {
            Finding example = findings.examples().get(rule);
            if (example != null) {
                broken.merge(rule, new BrokenRuleCount(count, at, example), BrokenRuleCount::and);
            }
        });
    }

    void add(Volume more) {
        volume = volume.and(more);
    }

    void add(Tally later) {
        later.broken.forEach((rule, more) -> broken.merge(rule, more, BrokenRuleCount::and));
        volume = volume.and(later.volume);
    }

    Map<Rule, BrokenRuleCount> broken() {
        return broken;
    }

    Volume volume() {
        return volume;
    }
}
