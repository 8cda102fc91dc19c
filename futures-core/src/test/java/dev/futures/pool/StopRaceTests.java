// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.futures.BrokenExecutorException;
import dev.futures.Future;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A pool whose workers run every task until they are told to stop it: nobody else would
 * notice a message that was lost.
 */
@ExtendWith(LeakCheck.class)
class StopRaceTests {

    @Test
    void aWorkerThatHasBegunAnItemIsAlwaysToldToStopIt() throws Exception {
        try (EndlessPool pool = new EndlessPool()) {
            for (int i = 0; i < 20_000; i++) {
                Future<Integer> future = pool.submit(() -> 1);
                while (i % 2 == 0 && !future.running()) {
                    Thread.onSpinWait();
                }
                assertThat(future.cancel(true)).isTrue();
                assertThatExceptionOfType(CancellationException.class).isThrownBy(future::result);
            }
            assertThat(pool.awaitQuiescence(Await.PATIENCE)).isTrue();
        }
    }

    /** Has one endless worker. */
    private static final class EndlessPool extends PoolExecutor {

        EndlessPool() {
            super(PoolSettings.of("endless", 1), "endless");
        }

        @Override
        protected Worker newWorker(Seat seat) {
            return new EndlessWorker(seat);
        }

        @Override
        protected BrokenExecutorException broken(String message, Throwable cause) {
            return new BrokenExecutorException(message, cause);
        }

    }

    private static final class EndlessWorker extends Worker {

        private static final Object WAKE_UP = new Object();

        private final LinkedBlockingQueue<Object> messages = new LinkedBlockingQueue<>();

        EndlessWorker(Seat seat) {
            super(seat);
        }

        @Override
        protected void work() {
            while (!isRetired()) {
                WorkItem<?> item = take();
                if (item == null) {
                    if (!isRetired()) {
                        await(WAKE_UP);
                    }
                }
                else {
                    if (begin(item, false)) {
                        await(item);
                    }
                    end();
                }
            }
        }

        private void await(Object wanted) {
            try {
                Object message = this.messages.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                while (message != null && message != wanted) {
                    message = this.messages.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                }
                if (message == null) {
                    throw new AssertionError("nobody said " + wanted);
                }
            }
            catch (InterruptedException ex) {
                throw new AssertionError(ex);
            }
        }

        @Override
        protected void handOver(WorkItem<?> item) {
            this.messages.add(WAKE_UP);
        }

        @Override
        protected void wakeUp() {
            this.messages.add(WAKE_UP);
        }

        @Override
        protected void stop(WorkItem<?> item) {
            this.messages.add(item);
        }

        @Override
        protected void stopNow() {
            this.messages.add(WAKE_UP);
        }

    }

}
