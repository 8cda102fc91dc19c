// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.futures.ContextSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The values of a context that travel with a task to another process. A record of them
 * and an enumeration are all that the stream has of this library.
 *
 * @param parts the values
 */
@SuppressWarnings("serial")
record ProcessContext(List<Part> parts) implements ContextSnapshot {

    static ProcessContext capture(List<TravellingElement> kinds) {
        return new ProcessContext(kinds.stream().map(Part::capture).toList());
    }

    /** Returns this context with a trace; as it may add to the others, it comes last. */
    ProcessContext with(@Nullable Map<String, String> trace) {
        if (trace == null) {
            return this;
        }
        List<Part> all = new ArrayList<>(this.parts);
        all.add(new Part(TravellingElement.TRACE, trace));
        return new ProcessContext(all);
    }

    @Override
    public Scope restore() {
        return CapturedElement.putAll(this.parts.stream()
            .filter((part) -> part.kind().isPresent())
            .<CapturedElement<?>>map(Part::captured)
            .toList());
    }

    /**
     * A part of the context.
     *
     * @param kind which one
     * @param value what the submitter had, or {@code null} for nothing
     */
    @SuppressWarnings("serial")
    record Part(TravellingElement kind, @Nullable Object value) implements Serializable {

        static Part capture(TravellingElement kind) {
            return new Part(kind, CapturedElement.of(kind.element()).value());
        }

        @SuppressWarnings("unchecked")
        CapturedElement<Object> captured() {
            return new CapturedElement<>((ContextElement<Object>) this.kind.element(), this.value);
        }

    }

}
