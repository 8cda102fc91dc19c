// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import dev.futures.Task;
import dev.futures.pool.PendingResult;
import dev.futures.pool.Seat;
import dev.futures.pool.WorkItem;
import dev.futures.pool.Worker;
import org.jspecify.annotations.Nullable;

/**
 * A worker that runs its tasks in its own thread, in the surroundings that its
 * {@link WorkerContext} makes. For authors of executors only.
 */
public final class ThreadWorker extends Worker {

    private static final Logger logger = System.getLogger("dev.futures");

    private static final VarHandle INTERRUPTIBLE = interruptible();

    private final String initializerFailed;

    private final Function<String, ? extends WorkerContext> contexts;

    /** Held while this thread is interrupted. */
    private final ReentrantLock interrupting = new ReentrantLock();

    // volatile: the item that an interrupt would hit, written by the worker's thread
    private volatile @Nullable WorkItem<?> interruptible;

    private final Conclusion conclusion = new Conclusion();

    // volatile: set by whoever wakes the worker, cleared by the worker
    private volatile boolean woken;

    /**
     * Creates a worker.
     * @param seat its place in the pool
     * @param initializerFailed what to say when its context cannot be initialized
     * @param contexts creates the context, given the name of the worker; called by the
     * worker's thread
     */
    public ThreadWorker(Seat seat, String initializerFailed, Function<String, ? extends WorkerContext> contexts) {
        super(seat);
        this.initializerFailed = initializerFailed;
        this.contexts = contexts;
    }

    ThreadWorker(Seat seat, ThreadFactory threads, String initializerFailed,
            Function<String, ? extends WorkerContext> contexts) {
        super(seat, threads);
        this.initializerFailed = initializerFailed;
        this.contexts = contexts;
    }

    private static VarHandle interruptible() {
        try {
            return MethodHandles.lookup().findVarHandle(ThreadWorker.class, "interruptible", WorkItem.class);
        }
        catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    @Override
    protected boolean takesWithoutLock() {
        return true;
    }

    @Override
    protected void work() {
        // no field: whoever keeps a future keeps the worker, and must not keep more
        WorkerContext context = this.contexts.apply(name());
        try {
            if (initialize(context)) {
                serve(context);
            }
        }
        finally {
            close(context);
        }
    }

    private boolean initialize(WorkerContext context) {
        try {
            context.initialize();
            return true;
        }
        catch (Throwable ex) {
            logger.log(Level.ERROR, "exception in initializer of " + name(), ex);
            breakPool(this.initializerFailed, ex);
            return false;
        }
    }

    private void serve(WorkerContext context) {
        while (!isRetired()) {
            // what it took as it ended the last one, or was given while it was idle
            WorkItem<?> item = assigned();
            if (item == null) {
                item = take();
            }
            if (item != null) {
                run(item, context);
            }
            else if (!isRetired()) {
                waitForItem();
            }
        }
    }

    private void close(WorkerContext context) {
        // what was meant for a task, or done by a callback, must not disturb it
        Thread.interrupted();
        try {
            context.close();
        }
        catch (Throwable ex) {
            logger.log(Level.WARNING, "the context of " + name() + " could not be closed", ex);
        }
    }

    private void waitForItem() {
        long keepAlive = keepAliveNanos();
        long idleSince = System.nanoTime();
        // an idle worker keeps nothing of what it has done
        INTERRUPTIBLE.setRelease(this, null);
        while (assigned() == null && !this.woken) {
            long left = keepAlive - (System.nanoTime() - idleSince);
            if (left <= 0) {
                if (retireIfIdle()) {
                    return;
                }
                // one of those that stay has to wait for as long again, not to spin
                idleSince = System.nanoTime();
                left = keepAlive;
            }
            LockSupport.parkNanos(this, left);
            // a stray interrupt would turn this loop into a spin
            Thread.interrupted();
        }
        this.woken = false;
    }

    private <T extends @Nullable Object> void run(WorkItem<T> item, WorkerContext context) {
        item.starts(this);
        // what was meant for a callback of the last one must not hit this one
        Thread.interrupted();
        // nobody stops an item that has not been begun
        INTERRUPTIBLE.setRelease(this, item);
        if (!begin(item, false)) {
            uninterruptible();
            end();
            return;
        }
        this.conclusion.prepare(item, context);
        // what the task did to itself, as much as what was meant for it
        Thread.interrupted();
        finish(item, this.conclusion);
    }

    /**
     * What was meant for one item must not interrupt what comes after it: whoever stops
     * the item is doing so, or has done, or will find that it is late.
     */
    private void uninterruptible() {
        this.interrupting.lock();
        try {
            this.interruptible = null;
        }
        finally {
            this.interrupting.unlock();
        }
        Thread.interrupted();
    }

    /** Whoever takes the next item in passing finds it without being woken. */
    @Override
    protected void handOver(WorkItem<?> item) {
        if (Thread.currentThread() != thread()) {
            LockSupport.unpark(thread());
        }
    }

    @Override
    protected void wakeUp() {
        this.woken = true;
        LockSupport.unpark(thread());
    }

    @Override
    protected void stop(WorkItem<?> item) {
        this.interrupting.lock();
        try {
            if (this.interruptible == item) {
                thread().interrupt();
            }
        }
        finally {
            this.interrupting.unlock();
        }
    }

    @Override
    protected void stopNow() {
        thread().interrupt();
    }

    /** What completes the future of an item, one after the other. */
    private final class Conclusion implements Runnable {

        private @Nullable WorkItem<?> item;

        private @Nullable Object result;

        private @Nullable Throwable thrown;

        /** Runs the task. */
        <T extends @Nullable Object> void prepare(WorkItem<T> begun, WorkerContext context) {
            this.item = begun;
            Task<T> task = begun.task();
            if (task == null) {
                return;
            }
            try {
                T returned = context.run(task, begun);
                begun.returned(returned);
                this.result = returned;
            }
            catch (Throwable ex) {
                this.thrown = ex;
            }
        }

        @Override
        @SuppressWarnings({ "unchecked", "NullAway" }) // it is what the item's task
                                                       // returned
        public void run() {
            WorkItem<Object> ended = (WorkItem<Object>) Objects.requireNonNull(this.item);
            Object value = this.result;
            Throwable failure = this.thrown;
            this.item = null;
            this.result = null;
            this.thrown = null;
            if (value instanceof PendingResult) {
                // whoever has stopped the item until now must not hit what it leads to
                uninterruptible();
            }
            boolean undisturbed = (failure != null) ? ended.completeExceptionally(failure) : ended.conclude(value);
            // only who ends an item before it has been completed here may stop it
            if (!undisturbed) {
                uninterruptible();
            }
        }

    }

}
