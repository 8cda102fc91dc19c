// SPDX-License-Identifier: Apache-2.0

package dev.futures.test;

import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about futures and executors. To be imported statically beside those of
 * AssertJ:
 *
 * <pre>
 * import static dev.futures.test.FuturesAssertions.assertThat;
 * import static org.assertj.core.api.Assertions.assertThat;
 * </pre>
 *
 * A {@link Future} is both a {@link java.util.concurrent.Future} and a
 * {@link java.util.concurrent.CompletionStage}, so {@code assertThat(future)} does not
 * compile with those of AssertJ alone, which has one for each. With these it does, and is
 * a {@link FutureAssert}.
 */
public final class FuturesAssertions {

    private FuturesAssertions() {
    }

    /**
     * Starts an assertion about a future.
     * @param <T> the type of the result
     * @param actual the future
     * @return the assertion
     */
    public static <T extends @Nullable Object> FutureAssert<T> assertThat(@Nullable Future<T> actual) {
        return new FutureAssert<>(actual);
    }

    /**
     * Starts an assertion about a future; a promise is a
     * {@link java.util.concurrent.CompletableFuture} as well.
     * @param <T> the type of the result
     * @param actual the future
     * @return the assertion
     */
    public static <T extends @Nullable Object> FutureAssert<T> assertThat(@Nullable Promise<T> actual) {
        return new FutureAssert<>(actual);
    }

    /**
     * Starts an assertion about an executor, such as a pool.
     * @param actual the executor
     * @return the assertion
     */
    public static ExecutorAssert assertThat(@Nullable Executor actual) {
        return new ExecutorAssert(actual);
    }

}
