package fr.sas.hub.changes;

import fr.sas.hub.access.Role;
import fr.sas.hub.access.interaction.FhirLongAnswer;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirReply;
import fr.sas.hub.access.interaction.FhirRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** {@code GET /fhir/Slot/$changes}: what changed since a position, at once, as soon as it happens, or as a stream. */
@Component
class ChangesOperation implements FhirLongAnswer {

    private static final String NAME = "$changes";

    private final Changes changes;
    private final ChangesWaiting waiting;
    private final ChangesSettings settings;
    private final Clock clock;

    ChangesOperation(Changes changes, ChangesWaiting waiting, ChangesSettings settings, Clock clock) {
        this.changes = changes;
        this.waiting = waiting;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public boolean answers(FhirRequest request) {
        return request.isAt("Slot", NAME)
                && (request.method().equals("GET") || request.method().equals("HEAD"));
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SEARCH, Role.OPS);
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(new Capability(
                "Slot",
                NAME,
                "What appeared, changed and disappeared in answers after a position, in order: since, _count, wait (seconds);"
                        + " also as server-sent events. Without since: where to begin"));
    }

    @Override
    public FhirReply answer(FhirRequest request) {
        ChangesQuery query = query(request);
        Position since = query.since();
        if (since == null) {
            return reply(request, query, new ChangesSince.Page(List.of(), changes.start()));
        }
        return reply(request, query, page(since, query.count()));
    }

    @Override
    public boolean isLater(FhirRequest request) {
        ChangesQuery query = query(request);
        Position since = query.since();
        boolean waits = since != null
                && !query.waiting().isZero()
                && page(since, 1).subjects().isEmpty();
        if (waits) {
            waiting.expectRoom();
        }
        return waits;
    }

    @Override
    public void later(FhirRequest request, Later reply) {
        ChangesQuery query = query(request);
        Position since = query.since();
        waiting.await(
                since == null ? changes.start() : since, query.waiting(), () -> reply.reply(() -> answer(request)));
    }

    @Override
    public boolean streams(FhirRequest request) {
        Position since = streamedSince(request, query(request));
        page(since, 1);
        waiting.expectRoom();
        return true;
    }

    @Override
    public void stream(FhirRequest request, Events events) {
        ChangesQuery query = query(request);
        waiting.follow(new ChangesStream(
                streamedSince(request, query),
                events,
                position -> changes.after(position, null, query.count()),
                (position, page) -> bundle(request, query, position, page)));
    }

    /** A client that lost its stream states how far it got. */
    private Position streamedSince(FhirRequest request, ChangesQuery query) {
        String last = request.header("Last-Event-ID").orElse("");
        Position since = last.isBlank() ? query.since() : ChangesQuery.position(last.strip());
        return since == null ? changes.start() : since;
    }

    private ChangesQuery query(FhirRequest request) {
        return ChangesQuery.of(request, settings.longestWait());
    }

    private ChangesSince.Page page(Position since, int count) {
        return switch (changes.after(since, null, count)) {
            case ChangesSince.Page page -> page;
            case ChangesSince.Unknown unknown -> throw unknown();
        };
    }

    static FhirRefusal unknown() {
        return new FhirRefusal(
                410,
                "expired",
                "What happened after this position is no longer known. Start over: discard what you hold and continue from"
                        + " Slot/$changes?since=0, which returns everything; or get Slot/$changes without since, read everything"
                        + " by searches, and continue from the position it gave; or read a publication, and continue from"
                        + " its manifest's extension.changesPosition");
    }

    private FhirReply reply(FhirRequest request, ChangesQuery query, ChangesSince.Page page) {
        Position since = query.since();
        return new FhirReply(
                200,
                Map.of("Cache-Control", "no-store"),
                bundle(request, query, since == null ? page.next() : since, page));
    }

    private byte[] bundle(FhirRequest request, ChangesQuery query, Position since, ChangesSince.Page page) {
        return ChangesBundle.write(
                request.base(),
                clock.instant(),
                url(request, query, since),
                url(request, query, page.next()),
                page.subjects());
    }

    private static String url(FhirRequest request, ChangesQuery query, Position since) {
        return request.base() + "/Slot/" + NAME + "?" + ChangesQuery.SINCE + "=" + since + query.otherParameters();
    }
}
