package fr.sas.hub.intake;

import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.fhir.FhirProfiles;
import fr.sas.hub.fhir.FhirProfiles.Severity;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Flow;
import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Validates deliveries against the profiles (all of a vendor on trial; a sample of the others). Runs on one thread, off
 * the slots' path: validation costs a hundred times as much as reading. Those of live vendors are validated together,
 * so that FHIR's definitions are in memory only briefly.
 */
@Component
class ProfileChecks {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileChecks.class);
    private static final int MOST_WAITING = 50;

    private final FhirProfiles profiles;
    private final Rejections rejections;
    private final IntakeSettings settings;
    private final Map<Source, Delivery> forProfiles = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            0,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("profile-checks").daemon().factory());

    ProfileChecks(FhirProfiles profiles, Rejections rejections, IntakeSettings settings) {
        this.profiles = profiles;
        this.rejections = rejections;
        this.settings = settings;
    }

    /** Considers the delivery for validation; returns at once, except for a vendor on trial when many are waiting. */
    void scheduleCheck(Delivery delivery) {
        if (delivery.pages().isEmpty() || isAnError(delivery.answer()) || !isChecked(delivery)) {
            return;
        }
        if (delivery.trial()) {
            try {
                worker.execute(() -> check(delivery));
            } catch (RejectedExecutionException busy) {
                check(delivery);
            }
        } else {
            forProfiles.putIfAbsent(delivery.source(), delivery);
        }
    }

    /** Its body is kept, but contains no answer to judge. */
    private static boolean isAnError(Answer answer) {
        return answer instanceof Answer.Failed failed && failed.trouble().kind() != Answer.Kind.MALFORMED;
    }

    private static boolean isChecked(Delivery delivery) {
        return delivery.pages().stream().mapToLong(page -> page.length).sum() <= FhirProfiles.LARGEST_CHECKED;
    }

    /** Validates one delivery per live vendor received since the last run. */
    @Scheduled(
            initialDelayString = "${hub.intake.validate-every:1h}",
            fixedDelayString = "${hub.intake.validate-every:1h}")
    void checkSample() {
        for (Source source : List.copyOf(forProfiles.keySet())) {
            Delivery taken = forProfiles.remove(source);
            if (taken != null) {
                check(taken);
            }
        }
        profiles.letGo();
    }

    private void check(Delivery delivery) {
        try {
            DeliveryFindings findings = new DeliveryFindings(settings.rejectionsPerDelivery());
            for (int i = 0; i < delivery.pages().size(); i++) {
                String page = i == 0 ? "" : "page " + (i + 1) + ": ";
                String json = new String(delivery.pages().get(i), StandardCharsets.UTF_8);
                for (var finding : profiles.check(json, profile(delivery.flow()))) {
                    Rule rule = finding.severity() == Severity.ERROR ? AnswerRule.PROFILE : AnswerRule.PROFILE_WARNING;
                    findings.add(rule, page + finding.path(), finding.sentence(), null);
                }
            }
            rejections.record(delivery, findings);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Delivery {} of {} could not be validated against the profiles",
                    delivery.id(),
                    delivery.source(),
                    e);
        }
    }

    private static String profile(Flow flow) {
        return switch (flow) {
            case INDIVIDUAL, BULK_PUBLISH -> FhirVocabulary.ACCEPTED_BUNDLE;
            case CPTS -> FhirVocabulary.ACCEPTED_CPTS_BUNDLE;
            case SOS -> FhirVocabulary.ACCEPTED_SOS_BUNDLE;
        };
    }

    @PreDestroy
    void close() {
        worker.shutdownNow();
    }
}
