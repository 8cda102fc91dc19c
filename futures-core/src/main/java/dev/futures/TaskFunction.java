// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work on one input, for
 * {@link Executor#map(TaskFunction, Iterable, MapOptions)}.
 *
 * @param <A> the type of the input
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface TaskFunction<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {

    /**
     * Does the work.
     * @param input the input
     * @return the result
     * @throws Exception if it fails
     */
    R apply(A input) throws Exception;

}
