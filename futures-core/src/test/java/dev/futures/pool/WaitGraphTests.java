// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import dev.futures.BrokenExecutorException;
import dev.futures.DeadlockException;
import dev.futures.Outcome;
import dev.futures.TaskOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which waits can end, in moments that no test of a whole pool can hold on to.
 */
class WaitGraphTests implements ItemOwner, Crew {

    private final Dispatcher dispatcher = new Dispatcher(new PoolSettings("pool", 1, 1, 0, 2, QueueFullPolicy.REJECT,
            null, TaskOptions.none(), null, false, false, null, List.of(), UnaryOperator.identity()), this);

    private final Staff staff = new Staff(0, 2,
            (number) -> newWorker(new Seat(this.dispatcher, "worker " + number, null)));

    private final WaitGraph waits = new WaitGraph(this, this.staff, UnaryOperator.identity());

    private final WaitGraph.Wait forQueuedTask = new WaitGraph.Wait(List.of(queuedItem()), true);

    private @Nullable Worker waiting;

    private @Nullable Worker other;

    @BeforeEach
    void hire() {
        this.waiting = this.staff.hire();
        this.other = this.staff.hire();
    }

    @Test
    void waitsForWhatAnotherWorkerWillTake() {
        assertThatCode(() -> this.waits.add(this.waiting, this.forQueuedTask)).doesNotThrowAnyException();
    }

    @Test
    void workerThatWasLetGoTakesNothing() {
        this.staff.resize(1);
        this.staff.letGo(this.other);
        assertThatExceptionOfType(DeadlockException.class)
            .isThrownBy(() -> this.waits.add(this.waiting, this.forQueuedTask));
        assertThat(this.waits.isEmpty()).isTrue();
    }

    @Test
    void seatOfAWorkerThatWasLetGoWillBeTaken() {
        this.staff.letGo(this.other);
        assertThatCode(() -> this.waits.add(this.waiting, this.forQueuedTask)).doesNotThrowAnyException();
    }

    private WorkItem<String> queuedItem() {
        WorkItem<String> item = new WorkItem<>(this, () -> "result", TaskOptions.none().withName("task"));
        new WorkQueue(1).add(item);
        return item;
    }

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
    }

    @Override
    public Worker newWorker(Seat seat) {
        return new Worker(seat) {
            @Override
            protected void work() {
            }

            @Override
            protected void handOver(WorkItem<?> item) {
            }

            @Override
            protected void wakeUp() {
            }

            @Override
            protected void stop(WorkItem<?> item) {
            }

            @Override
            protected void stopNow() {
            }
        };
    }

    @Override
    public BrokenExecutorException broken(String message, @Nullable Throwable cause) {
        return new BrokenExecutorException(message, cause);
    }

}
