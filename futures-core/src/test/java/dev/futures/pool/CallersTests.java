// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import dev.futures.BrokenExecutorException;
import dev.futures.Future;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Callers}.
 */
class CallersTests {

    @Test
    void aSubmitterThatIsInterruptedInTheInitializerStaysInterrupted() throws Exception {
        try (ThreadPoolExecutor executor = ThreadPoolExecutor.builder().inline(true).initializer(() -> {
            throw new InterruptedException("meant by the test");
        }).build()) {
            Future<String> future = executor.submit(() -> "never");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(future.exception()).isInstanceOf(BrokenExecutorException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        }
    }

}
