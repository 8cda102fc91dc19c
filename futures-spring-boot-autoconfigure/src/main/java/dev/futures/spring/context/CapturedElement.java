// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import dev.futures.ContextSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * An element with what a thread had of it.
 *
 * @param <V> the type of the value
 * @param element the element
 * @param value the value, or {@code null} if there was none
 */
record CapturedElement<V>(ContextElement<V> element, @Nullable V value) {

    /** Captures an element, as absent if it cannot say. */
    static <V> CapturedElement<V> of(ContextElement<V> element) {
        try {
            return new CapturedElement<>(element, element.capture());
        }
        catch (RuntimeException | LinkageError ex) {
            Omissions.warn(element, "capture", ex);
            return new CapturedElement<>(element, null);
        }
    }

    /** Puts elements in place in their order, to be taken away in the reverse one. */
    static ContextSnapshot.Scope putAll(List<CapturedElement<?>> captured) {
        Deque<Runnable> undo = new ArrayDeque<>();
        captured.forEach((each) -> each.put(undo));
        return new ContextSnapshot.Scope() {

            @Override
            public void failed(Throwable failure) {
                captured.forEach((each) -> each.note(failure));
            }

            @Override
            public void close() {
                undo.forEach(Runnable::run);
            }

        };
    }

    private void note(Throwable failure) {
        attempt("record a failure in", () -> this.element.failed(failure));
    }

    private void put(Deque<Runnable> undo) {
        attempt("restore", () -> {
            Runnable putBack = this.element.keep();
            // first, as also what fails half-way may have taken away what was there
            undo.push(() -> attempt("take away", putBack));
            this.element.set(this.value);
        });
    }

    private void attempt(String what, Runnable action) {
        try {
            action.run();
        }
        catch (RuntimeException | LinkageError ex) {
            Omissions.warn(this.element, what, ex);
        }
    }

}
