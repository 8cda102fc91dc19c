// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

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
        return new ThreadContext(elements.stream().<CapturedElement<?>>map(CapturedElement::of).toList());
    }

    @Override
    public Scope restore() {
        return CapturedElement.putAll(this.captured);
    }

}
