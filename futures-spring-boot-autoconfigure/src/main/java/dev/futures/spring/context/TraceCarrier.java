// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Carries a trace to another process as the application's propagator writes it. Needs
 * Micrometer's tracing.
 */
public final class TraceCarrier {

    private final Tracer tracer;

    private final Propagator propagator;

    private TraceCarrier(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /**
     * Finds what carries the traces of an application.
     * @param beans the beans of the application
     * @return the carrier, or {@code null} if the application has no tracer or no
     * propagator
     */
    public static @Nullable TraceCarrier of(ListableBeanFactory beans) {
        Tracer tracer = beans.getBeanProvider(Tracer.class).getIfUnique();
        Propagator propagator = beans.getBeanProvider(Propagator.class).getIfUnique();
        return (tracer != null && propagator != null) ? new TraceCarrier(tracer, propagator) : null;
    }

    /**
     * Writes down the trace that the calling thread is in.
     * @return the fields of the propagator, or {@code null} if it is in none
     */
    public @Nullable Map<String, String> inject() {
        Span span = this.tracer.currentSpan();
        if (span == null) {
            return null;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        this.propagator.inject(span.context(), fields, (carrier, name, value) -> fields.put(name, value));
        return fields;
    }

    /**
     * Starts a span in a trace that was written down, and has the calling thread be in
     * it.
     * @param fields the fields of the propagator
     * @param name the name of the span
     * @return the span, to be ended in the same thread
     */
    Joined join(Map<String, String> fields, String name) {
        Span span = this.propagator.extract(fields, Map::get).name(name).kind(Span.Kind.CONSUMER).start();
        Tracer.SpanInScope scope = this.tracer.withSpan(span);
        return new Joined(span, scope);
    }

    /** A span that the calling thread is in. */
    record Joined(Span span, Tracer.SpanInScope scope) {

        void failed(Throwable failure) {
            this.span.error(failure);
        }

        void end() {
            this.scope.close();
            this.span.end();
        }

    }

}
