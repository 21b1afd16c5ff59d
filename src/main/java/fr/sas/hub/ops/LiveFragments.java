package fr.sas.hub.ops;

import fr.sas.hub.health.VendorStates;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;

/** Open first pages: each receives the updated table and tiles, rendered once per language however many are open. */
@Component
class LiveFragments {

    private final Overview overview;
    private final VendorStates states;
    private final SpringTemplateEngine templates;
    private final Map<SseEmitter, Locale> open = new ConcurrentHashMap<>();
    private final Set<SseEmitter> underWay = ConcurrentHashMap.newKeySet();

    LiveFragments(Overview overview, VendorStates states, SpringTemplateEngine templates) {
        this.overview = overview;
        this.states = states;
        this.templates = templates;
    }

    SseEmitter open(Locale language) {
        SseEmitter page = new SseEmitter(0L);
        page.onCompletion(() -> open.remove(page));
        page.onError(gone -> open.remove(page));
        open.put(page, language);
        return page;
    }

    /** Pages that are currently open, as far as is known. */
    int readers() {
        return open.size();
    }

    @Scheduled(fixedDelayString = "PT2S")
    void send() {
        for (Locale language : Set.copyOf(open.values())) {
            String html = rendered(language);
            open.forEach((page, wanted) -> {
                if (wanted.equals(language) && underWay.add(page)) {
                    Thread.ofVirtual().name("ops-live").start(() -> send(page, html));
                }
            });
        }
    }

    /** A hub that stops does not wait for its readers. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        open.keySet().forEach(SseEmitter::complete);
    }

    private String rendered(Locale language) {
        Context context = new Context(
                language,
                Map.of(
                        "say",
                        ViewFormats.in(language),
                        "rows",
                        overview.rows(),
                        "tiles",
                        overview.tiles(),
                        "refused",
                        states.refused()));
        return templates.process("ops/overview", Set.of("live"), context);
    }

    /**
     * A reader whose connection is stuck delays nobody else, and receives the next update once this one has been sent.
     */
    private void send(SseEmitter page, String html) {
        try {
            page.send(SseEmitter.event().data(html, MediaType.TEXT_HTML));
        } catch (IOException | IllegalStateException e) {
            open.remove(page);
        } finally {
            underWay.remove(page);
        }
    }
}
