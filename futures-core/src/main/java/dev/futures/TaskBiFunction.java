// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work on two inputs, for
 * {@link Executor#map(TaskBiFunction, Iterable, Iterable, MapOptions)}.
 *
 * @param <A> the type of the first input
 * @param <B> the type of the second input
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface TaskBiFunction<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        extends Serializable {

    /**
     * Does the work.
     * @param first the first input
     * @param second the second input
     * @return the result
     * @throws Exception if it fails
     */
    R apply(A first, B second) throws Exception;

}
