package fr.sas.hub.asking;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Makes each step of a route that calls a room a span of the current trace, be it a delivery's or that of a request
 * that changes the agenda. Without a current trace, as in checks for due subjects, there is none. Steps run on the
 * thread that reaches them. Without the profile {@code tracing} the steps are left as they are.
 */
@Component
class StepsTraced implements InterceptStrategy {

    private final @Nullable Tracer tracer;

    StepsTraced(ObjectProvider<Tracer> tracer) {
        this.tracer = tracer.getIfAvailable();
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
        if (tracer == null || !(definition instanceof BeanDefinition step) || step.getRef() == null) {
            return target;
        }
        String name = step.getRef() + "." + String.valueOf(step.getMethod()).replaceAll("\\(.*", "");
        Tracer traces = tracer;
        return exchange -> {
            if (traces.currentSpan() == null) {
                target.process(exchange);
                return;
            }
            Span span = traces.nextSpan().name(name).start();
            try (Tracer.SpanInScope scope = traces.withSpan(span)) {
                target.process(exchange);
            } finally {
                if (exchange.getException() != null) {
                    span.error(exchange.getException());
                }
                span.end();
            }
        };
    }
}
