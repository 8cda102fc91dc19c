// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.futures.BrokenExecutorException;
import dev.futures.PoolState;
import dev.futures.Promise;
import dev.futures.TaskOptions;
import org.jspecify.annotations.Nullable;

/**
 * A pool whose workers do nothing by themselves: their threads are never started, and a
 * test does what these threads would do.
 */
final class StillPool implements Crew {

    final Dispatcher dispatcher;

    StillPool(int maxWorkers) {
        this(maxWorkers, Integer.MAX_VALUE, QueueFullPolicy.REJECT);
    }

    StillPool(int maxWorkers, int queueCapacity, QueueFullPolicy policy) {
        this.dispatcher = new Dispatcher(
                new PoolSettings("pool", maxWorkers, maxWorkers, 0, queueCapacity, policy, Duration.ofSeconds(1),
                        TaskOptions.none(), null, false, false, null, List.of(), UnaryOperator.identity()),
                this);
    }

    @Override
    public Worker newWorker(Seat seat) {
        return new StillWorker(seat);
    }

    @Override
    public BrokenExecutorException broken(String message, @Nullable Throwable cause) {
        return new BrokenExecutorException(message, cause);
    }

    /** Returns an item that is not submitted yet. */
    WorkItem<String> item() {
        return new WorkItem<>(this.dispatcher, () -> "result", TaskOptions.none().withName("task"));
    }

    /** Returns an item that waits in the queue. The pool must have no idle worker. */
    WorkItem<String> submitted() {
        WorkItem<String> item = item();
        this.dispatcher.submit(item);
        return item;
    }

    /** Returns a new worker, which has not asked for a task yet. */
    StillWorker hired() {
        Pool pool = this.dispatcher.pool();
        pool.lock.lock();
        try {
            return (StillWorker) Objects.requireNonNull(pool.staff.hire());
        }
        finally {
            pool.lock.unlock();
        }
    }

    /** Returns a worker that has found the queue empty. */
    StillWorker idle() {
        StillWorker worker = hired();
        worker.takeItem();
        return worker;
    }

    /** Returns a worker that runs an item, so that whoever submits uses the inbox. */
    StillWorker busy() {
        return busy(hired());
    }

    /** Has a worker run an item. */
    StillWorker busy(StillWorker worker) {
        submitted();
        worker.beginItem(Objects.requireNonNull(worker.takeItem()));
        return worker;
    }

    int queued() {
        Pool pool = this.dispatcher.pool();
        pool.lock.lock();
        try {
            return pool.queue.size();
        }
        finally {
            pool.lock.unlock();
        }
    }

    boolean isIdle(Worker worker) {
        Pool pool = this.dispatcher.pool();
        pool.lock.lock();
        try {
            return pool.staff.isIdle(worker);
        }
        finally {
            pool.lock.unlock();
        }
    }

    PoolState state() {
        return this.dispatcher.pool().state();
    }

    List<Worker> workers() {
        return this.dispatcher.pool().workers();
    }

    /**
     * Does what all workers would do, one after the other, until they are idle or gone.
     */
    void runToRest() {
        List<Worker> before;
        List<Worker> after = workers();
        do {
            before = after;
            before.forEach((worker) -> ((StillWorker) worker).serve());
            after = workers();
        }
        while (!after.equals(before));
    }

    /** How the future of an item ended. */
    static String ending(Promise<?> item) {
        String text = item.toString();
        return text.substring(text.indexOf('=') + 1, text.length() - 1);
    }

    /** A worker whose thread is never started. */
    static final class StillWorker extends Worker {

        private final AtomicInteger handedOver = new AtomicInteger();

        StillWorker(Seat seat) {
            super(seat, NeverStarted::new);
        }

        @Nullable WorkItem<?> takeItem() {
            return take();
        }

        /** Ends what it has and takes what comes next, as a busy worker does. */
        @Nullable WorkItem<?> takeNextItem() {
            end();
            return dispatcher().takeNext(this);
        }

        @Override
        protected boolean takesWithoutLock() {
            return true;
        }

        int handedOver() {
            return this.handedOver.get();
        }

        boolean has(WorkItem<?> item) {
            return assigned() == item;
        }

        boolean beginItem(WorkItem<?> item) {
            return begin(item, false);
        }

        void endItem() {
            end();
        }

        boolean retireWhenIdle() {
            return retireIfIdle();
        }

        /** Takes and runs what there is; ends if it was let go. */
        void serve() {
            WorkItem<?> item = isRetired() ? null : take();
            while (item != null) {
                run(item);
                item = isRetired() ? null : take();
            }
            if (isRetired()) {
                dispatcher().gone(this);
            }
        }

        @SuppressWarnings("unchecked") // all items here are made by item()
        private void run(WorkItem<?> item) {
            if (begin(item, false)) {
                finishLast(() -> ((WorkItem<String>) item).complete("result"));
            }
            else {
                end();
            }
        }

        @Override
        protected void work() {
            throw new IllegalStateException("never started");
        }

        @Override
        protected void handOver(WorkItem<?> item) {
            this.handedOver.incrementAndGet();
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

    }

    private static final class NeverStarted extends Thread {

        NeverStarted(Runnable action) {
            super(null, action, "", 0, false);
        }

        @Override
        public void start() {
            // by the test, if at all
        }

    }

}
