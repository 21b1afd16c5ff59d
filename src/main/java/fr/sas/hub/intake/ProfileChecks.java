package fr.sas.hub.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.sas.hub.connector.Delivery;
import fr.sas.hub.connector.Flow;
import fr.sas.hub.fhir.FhirProfiles;
import fr.sas.hub.fhir.FhirProfiles.Severity;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.Asked;
import fr.sas.hub.rule.Judge;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Holds deliveries against the rules that reading them does not apply: those of the guide that are tolerated (every
 * delivery of a vendor on trial, the latest one of each other vendor every minute), and the profiles (trial: all; others:
 * now and then). It happens beside the slots' way and by one thread. Profiles cost a hundred times what reading costs;
 * those of live vendors are checked all together, so that FHIR's definitions are in memory for a moment only.
 */
@Component
class ProfileChecks {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileChecks.class);
    private static final int MOST_WAITING = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FhirProfiles profiles;
    private final Rejections rejections;
    private final IntakeSettings settings;
    private final Map<Source, Delivery> forProfiles = new ConcurrentHashMap<>();
    private final Map<Source, Read> forRules = new ConcurrentHashMap<>();
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

    /** @param known the rules that reading the delivery already found broken; they are counted once */
    private record Read(Delivery delivery, Set<Rule> known) {}

    /** Takes the delivery in when it is its turn to be checked; returns at once, save for a trial's when many wait. */
    void consider(Delivery delivery, Set<Rule> known) {
        if (delivery.pages().isEmpty() || isAnError(delivery.answer())) {
            return;
        }
        Read read = new Read(delivery, Set.copyOf(known));
        if (delivery.trial()) {
            try {
                worker.execute(() -> checkAll(read));
            } catch (RejectedExecutionException busy) {
                checkAll(read);
            }
        } else {
            forRules.put(delivery.source(), read);
            if (isChecked(delivery)) {
                forProfiles.putIfAbsent(delivery.source(), delivery);
            }
        }
    }

    /** Its body is kept, and no answer to be judged. */
    private static boolean isAnError(Answer answer) {
        return answer instanceof Answer.Failed failed && failed.trouble().kind() != Answer.Kind.MALFORMED;
    }

    private void checkAll(Read read) {
        judge(read);
        if (isChecked(read.delivery())) {
            check(read.delivery());
        }
    }

    private static boolean isChecked(Delivery delivery) {
        return delivery.pages().stream().mapToLong(page -> page.length).sum() <= FhirProfiles.LARGEST_CHECKED;
    }

    /** The latest delivery of each live vendor since the last time, against the rules of the guide. */
    @Scheduled(initialDelayString = "${hub.intake.judge-every:1m}", fixedDelayString = "${hub.intake.judge-every:1m}")
    void judgeSample() {
        takeAll(forRules, this::judge);
    }

    /** One delivery of each live vendor since the last time, against the profiles. */
    @Scheduled(
            initialDelayString = "${hub.intake.validate-every:1h}",
            fixedDelayString = "${hub.intake.validate-every:1h}")
    void checkSample() {
        takeAll(forProfiles, this::check);
        profiles.letGo();
    }

    private static <T> void takeAll(Map<Source, T> waiting, Consumer<T> check) {
        for (Source source : List.copyOf(waiting.keySet())) {
            T taken = waiting.remove(source);
            if (taken != null) {
                check.accept(taken);
            }
        }
    }

    private void judge(Read read) {
        Delivery delivery = read.delivery();
        try {
            List<JsonNode> pages = new ArrayList<>();
            for (byte[] page : delivery.pages()) {
                pages.add(JSON.readTree(page));
            }
            Findings findings = new Findings(settings.rejectionsPerDelivery());
            Asked asked = new Asked(
                    Asked.Kind.valueOf(delivery.flow().name()),
                    delivery.asked(),
                    delivery.window(),
                    delivery.fetchedAt());
            Judge.answer(pages, asked, delivery.answer() instanceof Answer.Complete).findings().stream()
                    .filter(finding -> !read.known().contains(finding.rule()))
                    .forEach(findings::add);
            rejections.record(delivery, findings);
            rejections.recordVolume(delivery.source(), new Tally.Volume(0, 1, 0, 0, 0));
        } catch (IOException e) {
            LOG.debug("Delivery {} of {} is not JSON, as its reading has said", delivery.id(), delivery.source());
        } catch (RuntimeException e) {
            LOG.warn("Delivery {} of {} could not be judged", delivery.id(), delivery.source(), e);
        }
    }

    private void check(Delivery delivery) {
        try {
            Findings findings = new Findings(settings.rejectionsPerDelivery());
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
                    "Delivery {} of {} could not be checked against the profiles", delivery.id(), delivery.source(), e);
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
