// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * What one of Micrometer's accessors reaches.
 *
 * @param <V> the type of the value
 * @param accessor the accessor
 */
record AccessorElement<V>(ThreadLocalAccessor<V> accessor) implements ContextElement<V> {

    @Override
    public Object key() {
        return this.accessor.key();
    }

    @Override
    public @Nullable V capture() {
        return this.accessor.getValue();
    }

    @Override
    public Runnable keep() {
        V before = this.accessor.getValue();
        return () -> {
            if (before != null) {
                this.accessor.restore(before);
            }
            else {
                this.accessor.restore();
            }
        };
    }

    @Override
    public void set(@Nullable V value) {
        if (value == null) {
            this.accessor.setValue();
            return;
        }
        try {
            this.accessor.setValue(value);
        }
        catch (RuntimeException ex) {
            this.accessor.setValue();
            throw ex;
        }
    }

}
