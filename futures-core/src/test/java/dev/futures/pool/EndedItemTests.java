// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.futures.BrokenExecutorException;
import dev.futures.Outcome;
import dev.futures.PoolState;
import dev.futures.TaskOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Items that end before a worker has begun them, in the moment between the decision and
 * its publication. The same races, at full speed, are in {@code src/jcstress}.
 */
class EndedItemTests {

    private final List<String> seen = new ArrayList<>();

    @Test
    void itemThatWaitedTooLongWasNeverRunning() {
        WorkItem<String> item = item((ending) -> this.seen.add("running: " + ending.running()));
        item.expire(false, "too late");
        assertThat(this.seen).containsExactly("running: false", "was running: false, TIMED_OUT");
    }

    @Test
    void itemThatRunsIsNotFailedForHavingWaited() {
        WorkItem<String> item = item((ending) -> {
        });
        item.setRunningOrNotifyCancel();
        item.expire(false, "too late");
        assertThat(item.running()).isTrue();
        item.expire(true, "too long");
        assertThat(this.seen).containsExactly("was running: true, TIMED_OUT");
    }

    @Test
    void itemWhoseOutcomeIsDecidedIsNotQueued() {
        Dispatcher dispatcher = pausedPool();
        item(dispatcher::submit).cancel();
        assertThat(queued(dispatcher)).isZero();
    }

    @Test
    void itemWhoseOutcomeIsDecidedDoesNotWaitForRoom() {
        Dispatcher dispatcher = pausedPool();
        while (queued(dispatcher) < 2) {
            dispatcher.submit(item((ending) -> {
            }));
        }
        item(dispatcher::submit).cancel();
        assertThat(queued(dispatcher)).isEqualTo(2);
    }

    /** Returns an item; the hook is called when its outcome is decided but not seen. */
    private WorkItem<String> item(Consumer<WorkItem<?>> hook) {
        return new WorkItem<>(new ItemOwner() {
            @Override
            public String name() {
                return "pool";
            }

            @Override
            public PendingItems pending() {
                return new PendingItems(new ReentrantLock(), () -> {
                });
            }

            @Override
            public void ended(WorkItem<?> item, boolean wasRunning, Outcome outcome) {
                hook.accept(item);
                EndedItemTests.this.seen.add("was running: " + wasRunning + ", " + outcome);
            }
        }, () -> "result", TaskOptions.none().withName("task"));
    }

    /** Returns a pool with room for two items and without workers. */
    private static Dispatcher pausedPool() {
        Dispatcher dispatcher = new Dispatcher(new PoolSettings("pool", 1, 1, 0, 1, QueueFullPolicy.BLOCK, null,
                TaskOptions.none(), null, false, false, null, List.of(), UnaryOperator.identity()), new NoCrew());
        dispatcher.lifecycle().change(PoolState.RUNNING, PoolState.PAUSED);
        return dispatcher;
    }

    private static int queued(Dispatcher dispatcher) {
        return dispatcher.pool().statistics("test").queueDepth();
    }

    private static final class NoCrew implements Crew {

        @Override
        public Worker newWorker(Seat seat) {
            throw new IllegalStateException("a paused pool hires nobody");
        }

        @Override
        public BrokenExecutorException broken(String message, @Nullable Throwable cause) {
            throw new IllegalStateException(message, cause);
        }

    }

}
