// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that {@link Executor} makes out of functions and actions. They are records
 * because those serialize small and their classes can be named.
 */
final class MapCalls {

    private MapCalls() {
    }

    /**
     * A task without a result.
     *
     * @param action what it does
     */
    @SuppressWarnings("serial")
    record Action(TaskAction action) implements Task<@Nullable Void> {

        @Override
        public @Nullable Void call() throws Exception {
            this.action.run();
            return null;
        }

    }

    /**
     * A function and as many inputs as travel together; the results are in their order.
     *
     * @param <A> the type of the inputs
     * @param <R> the type of the results
     * @param function the function
     * @param inputs the inputs
     */
    @SuppressWarnings("serial")
    record Chunk<A extends @Nullable Object, R extends @Nullable Object>(TaskFunction<? super A, ? extends R> function,
            ArrayList<A> inputs) implements Task<List<R>>, Serializable {

        @Override
        public List<R> call() throws Exception {
            List<R> results = new ArrayList<>(this.inputs.size());
            for (A input : this.inputs) {
                results.add(this.function.apply(input));
            }
            return results;
        }

    }

}
