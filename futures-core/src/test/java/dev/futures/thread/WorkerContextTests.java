// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import dev.futures.BrokenExecutorException;
import dev.futures.Future;
import dev.futures.Task;
import dev.futures.TaskInfo;
import dev.futures.TaskOptions;
import dev.futures.pool.PoolExecutor;
import dev.futures.pool.PoolSettings;
import dev.futures.pool.Seat;
import dev.futures.pool.Worker;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a worker does with its context, and when.
 */
@ExtendWith(LeakCheck.class)
class WorkerContextTests {

    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** What the next call of {@code initialize} and {@code close} throws. */
    private boolean failing;

    private boolean uncreatable;

    @Test
    void eachWorkerHasAContextWhichItAloneCalls() throws Exception {
        try (Pool pool = new Pool()) {
            assertThat(pool.submit(() -> 1, TaskOptions.named("first")).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(pool.submit(() -> 2, TaskOptions.named("second")).result(Await.PATIENCE)).isEqualTo(2);
        }
        assertThat(this.calls).containsExactly("w_0 create w_0", "w_0 initialize", "w_0 run first", "w_0 run second",
                "w_0 close");
    }

    @Test
    void aContextThatCannotBeInitializedBreaksThePoolAndIsClosedAllTheSame() throws Exception {
        this.failing = true;
        try (LogCapture log = new LogCapture("dev.futures")) {
            Pool pool = new Pool();
            assertThat(pool.submit(() -> 1).exception(Await.PATIENCE)).isInstanceOf(BrokenThreadPoolException.class)
                .hasMessageContaining("what this pool says")
                .hasRootCauseMessage("not initialized");
            pool.close();
            assertThat(this.calls).containsExactly("w_0 create w_0", "w_0 initialize", "w_0 close");
            assertThat(log.messages()).contains("exception in initializer of w_0",
                    "the context of w_0 could not be closed");
            assertThat(log.thrown()).filteredOn(IOException.class::isInstance)
                .extracting(Throwable::getMessage)
                .contains("not closed");
        }
    }

    @Test
    void aContextIsClosedWithoutTheInterruptOfACallback() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (Pool pool = new Pool()) {
            Future<Boolean> future = pool.submit(() -> goOn.await(30, TimeUnit.SECONDS));
            future.addDoneCallback((done) -> {
                // the worker will not wait for another task, which would forget it
                pool.shutdown(false, false);
                Thread.currentThread().interrupt();
            });
            goOn.countDown();
            assertThat(future.result(Await.PATIENCE)).isTrue();
        }
        assertThat(this.calls).last().isEqualTo("w_0 close");
    }

    @Test
    void aWorkerThatCannotEvenHaveAContextBreaksThePool() throws Exception {
        this.uncreatable = true;
        try (LogCapture log = new LogCapture("dev.futures")) {
            Pool pool = new Pool();
            assertThat(pool.submit(() -> 1).exception(Await.PATIENCE)).isInstanceOf(BrokenThreadPoolException.class)
                .hasMessageContaining("worker w_0 failed")
                .hasRootCauseMessage("no context");
            pool.close();
            assertThat(log.messages()).isNotEmpty();
        }
    }

    private class Pool extends PoolExecutor {

        Pool() {
            super(PoolSettings.of("w", 1), "test");
        }

        @Override
        protected Worker newWorker(Seat seat) {
            return new ThreadWorker(seat, "what this pool says", Recorder::new);
        }

        @Override
        protected BrokenExecutorException broken(String message, Throwable cause) {
            return new BrokenThreadPoolException(message, cause);
        }

    }

    private final class Recorder implements WorkerContext {

        Recorder(String name) {
            note("create " + name);
            if (WorkerContextTests.this.uncreatable) {
                throw new IllegalStateException("no context");
            }
        }

        private void note(String what) {
            List<String> words = new ArrayList<>(List.of(Thread.currentThread().getName(), what));
            if (Thread.currentThread().isInterrupted()) {
                words.add("interrupted");
            }
            WorkerContextTests.this.calls.add(String.join(" ", words));
        }

        @Override
        public void initialize() throws IOException {
            note("initialize");
            if (WorkerContextTests.this.failing) {
                throw new IOException("not initialized");
            }
        }

        @Override
        public <T> T run(Task<T> task, TaskInfo info) throws Exception {
            note("run " + info.name());
            return task.call();
        }

        @Override
        public void close() throws IOException {
            note("close");
            if (WorkerContextTests.this.failing) {
                throw new IOException("not closed");
            }
        }

    }

    @Test
    void aThreadThatCannotBeStartedFailsWhatWaitsAndHoldsUpNobody() throws Exception {
        Pool pool = new Pool() {

            @Override
            protected Worker newWorker(Seat seat) {
                return new ThreadWorker(seat, Unstartable::new, "what this pool says", Recorder::new);
            }

        };
        Future<Integer> future = pool.submit(() -> 1);
        assertThat(future.exception(Await.PATIENCE)).isInstanceOf(RejectedExecutionException.class)
            .hasMessageContaining("no worker of pool 'w' could be started")
            .hasCauseInstanceOf(OutOfMemoryError.class);
        pool.close();
        assertThat(pool.statistics().workers()).isEmpty();
    }

    /** As many threads as there may be are there. */
    private static final class Unstartable extends Thread {

        Unstartable(Runnable action) {
            super(action);
        }

        @Override
        public synchronized void start() {
            throw new OutOfMemoryError("unable to create native thread");
        }

    }

}
