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
     * @param keepOthers whether an input that fails leaves the others their results: then
     * a {@link MapFailure} is in the place of its own
     */
    @SuppressWarnings("serial")
    record Chunk<A extends @Nullable Object, R extends @Nullable Object>(TaskFunction<? super A, ? extends R> function,
            List<A> inputs, boolean keepOthers) implements Task<List<@Nullable Object>>, Serializable {

        @Override
        public List<@Nullable Object> call() throws Exception {
            List<@Nullable Object> results = new ArrayList<>(this.inputs.size());
            for (A input : this.inputs) {
                results.add(apply(input, results.isEmpty()));
            }
            return results;
        }

        /** Whoever stops a task interrupts it: what is left must not run then. */
        private @Nullable Object apply(A input, boolean first) throws Exception {
            try {
                if (!first && Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException("the rest of the chunk was not run: its thread was interrupted");
                }
                return this.function.apply(input);
            }
            catch (Throwable ex) {
                if (!this.keepOthers || this.inputs.size() == 1) {
                    throw ex;
                }
                if (ex instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                return new MapFailure(ex);
            }
        }

    }

}
