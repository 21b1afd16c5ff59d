package fr.sas.hub.line;

import fr.sas.hub.slot.Source;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Traces of requests to vendors; does nothing without the profile {@code tracing} (docs/decisions/0027). */
@Component
public class Traces {

    private final @Nullable Tracer tracer;
    private final @Nullable Propagator propagator;

    Traces(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
        this.tracer = tracer.getIfAvailable();
        this.propagator = propagator.getIfAvailable();
    }

    /** Must be closed on the thread that opened it. */
    public interface Open {
        Open NONE = failure -> {};

        /** @param failure of the hub itself; null when there was none */
        void close(@Nullable Throwable failure);
    }

    public Open open(String name, Source source, UUID delivery) {
        if (tracer == null) {
            return Open.NONE;
        }
        Span span = tracer.nextSpan()
                .name(name)
                .tag("vendor", source.name())
                .tag("delivery", delivery.toString())
                .start();
        Tracer.SpanInScope scope = tracer.withSpan(span);
        return failure -> {
            scope.close();
            if (failure != null) {
                span.error(failure);
            }
            span.end();
        };
    }

    /** Adds the W3C header {@code traceparent} to the request, as a span of its own in the current trace. */
    Call call(HttpRequest.Builder request) {
        Span parent = tracer == null ? null : tracer.currentSpan();
        if (tracer == null || propagator == null || parent == null) {
            return Call.NONE;
        }
        Span span = tracer.spanBuilder()
                .setParent(parent.context())
                .kind(Span.Kind.CLIENT)
                .name("GET")
                .start();
        TraceContext context = span.context();
        propagator.inject(context, request, (headers, name, value) -> {
            if (headers != null) {
                headers.setHeader(name, value);
            }
        });
        return (status, trouble) -> {
            if (status > 0) {
                span.tag("http.response.status_code", status);
            }
            if (trouble != null) {
                span.tag("error.type", trouble);
            }
            span.end();
        };
    }

    /** One request on the wire. */
    interface Call {
        Call NONE = (status, trouble) -> {};

        /**
         * @param status 0 when there was no answer
         * @param trouble its kind, null when there was none
         */
        void done(int status, @Nullable String trouble);
    }
}
