// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.util.ArrayList;
import java.util.List;

import dev.futures.ContextSnapshot;

/**
 * The context of a thread on its way to another one of this JVM.
 *
 * @param captured its elements
 */
@SuppressWarnings("serial")
record ThreadContext(List<CapturedElement<?>> captured) implements ContextSnapshot {

    static ThreadContext capture(List<ContextElement<?>> elements) {
        // no stream: this is done for each task
        List<CapturedElement<?>> captured = new ArrayList<>(elements.size());
        for (ContextElement<?> element : elements) {
            captured.add(CapturedElement.of(element));
        }
        return new ThreadContext(captured);
    }

    @Override
    public Scope restore() {
        return CapturedElement.putAll(this.captured);
    }

}
