// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * An {@link Executor} as the JDK knows executors.
 */
final class ExecutorServiceView extends AbstractExecutorService {

    private final Executor executor;

    /** The tasks that the executor has, and what shutdownNow returns for them. */
    private final Map<ServiceTask<?>, Runnable> tasks = Collections.synchronizedMap(new LinkedHashMap<>());

    // volatile: written before all tasks are recalled, read when one has been submitted
    private volatile boolean stopping;

    ExecutorServiceView(Executor executor) {
        this.executor = executor;
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return new ServiceTask<>(callable);
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
        return new ServiceTask<>(runnable, value);
    }

    @Override
    public void execute(Runnable command) {
        Objects.requireNonNull(command, "command");
        if (command instanceof ServiceTask<?> task) {
            start(task, command);
        }
        else {
            ensureItCanTravel(command);
            ServiceTask<?> task = ServiceTask.of(command);
            task.addDoneCallback((done) -> executed(command, task));
            start(task, command);
        }
    }

    private void ensureItCanTravel(Runnable command) {
        boolean endsFuture = command instanceof java.util.concurrent.Future<?>
                || command instanceof CompletableFuture.AsynchronousCompletionTask;
        if (this.executor.isolatesTasks() && (endsFuture || !(command instanceof Serializable))) {
            throw new RejectedExecutionException(command.getClass() + " cannot be executed by executor '"
                    + this.executor.name() + "', whose tasks are serialized: "
                    + (endsFuture ? "the future that it ends is here" : "it is not serializable")
                    + "; submit a serializable Callable and use the future of that");
        }
    }

    private void start(ServiceTask<?> task, Runnable command) {
        boolean accepted = false;
        boolean added = this.tasks.putIfAbsent(task, command) == null;
        try {
            task.submitTo(this.executor, () -> this.stopping, () -> remove(task, added));
            accepted = true;
        }
        catch (BrokenExecutorException ex) {
            throw new RejectedExecutionException(ex.getMessage(), ex);
        }
        finally {
            if (!accepted) {
                remove(task, added);
            }
        }
    }

    /** Whoever executes a task twice must not remove it while the executor has it. */
    private void remove(ServiceTask<?> task, boolean added) {
        if (added) {
            this.tasks.remove(task);
        }
    }

    /** Nobody has a future that would say how a command ended. */
    private static void executed(Runnable command, ServiceTask<?> ended) {
        Throwable thrown = ended.cancelled() ? null : failure(ended);
        boolean lost = ended.cancelled() || thrown != null;
        if (lost && command instanceof java.util.concurrent.Future<?> future && ended.preventRun()) {
            // somebody may be waiting for it
            future.cancel(false);
        }
        if (thrown != null) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        }
    }

    private static @Nullable Throwable failure(Future<?> ended) {
        try {
            return ended.exception(Duration.ZERO);
        }
        catch (InterruptedException | TimeoutException ex) {
            // it is done, so there is nothing to wait for
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void shutdown() {
        this.executor.shutdown(false, false);
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        this.stopping = true;
        List<Runnable> neverStarted = new ArrayList<>();
        // two threads may do this at the same time
        snapshot().forEach((task, command) -> {
            if (task.recall()) {
                neverStarted.add(command);
            }
        });
        this.executor.cancelAll();
        return neverStarted;
    }

    private Map<ServiceTask<?>, Runnable> snapshot() {
        synchronized (this.tasks) {
            return new LinkedHashMap<>(this.tasks);
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> callables)
            throws InterruptedException, ExecutionException {
        try {
            return firstSuccess(callables, Deadline.after(null));
        }
        catch (TimeoutException ex) {
            // there is no time limit
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> callables, long timeout,
            TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return firstSuccess(callables, Deadline.after(Duration.ofNanos(unit.toNanos(timeout))));
    }

    /**
     * Submits one after the other as long as none has succeeded, and sees to it in the
     * end that none goes on.
     */
    private <T extends @Nullable Object> T firstSuccess(Collection<? extends Callable<T>> callables, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (callables.isEmpty()) {
            throw new IllegalArgumentException("invokeAny needs a task, and there is none; pass one or more");
        }
        List<ServiceTask<T>> submitted = new ArrayList<>();
        BlockingQueue<ServiceTask<T>> ended = new LinkedBlockingQueue<>();
        AtomicBoolean success = new AtomicBoolean();
        try {
            for (Callable<T> callable : callables) {
                ServiceTask<T> task = new ServiceTask<>(callable);
                task.addListener(new Listeners.Node(() -> {
                    success.compareAndSet(false, !task.cancelled() && task.failure() == null);
                    ended.add(task);
                }, true));
                submitted.add(task);
                start(task, task);
                if (success.get()) {
                    break;
                }
            }
            return firstSuccess(ended, submitted.size(), deadline);
        }
        finally {
            submitted.forEach((task) -> task.cancel(true));
        }
    }

    private static <T extends @Nullable Object> T firstSuccess(BlockingQueue<ServiceTask<T>> ended, int count,
            Deadline deadline) throws InterruptedException, ExecutionException, TimeoutException {
        ExecutionException last = null;
        for (int left = count; left > 0; left--) {
            ServiceTask<T> next = ended.poll(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new TimeoutException(
                        "no task succeeded in time, and " + left + " of " + count + " had not ended");
            }
            try {
                return next.get();
            }
            catch (ExecutionException ex) {
                last = ex;
            }
            catch (CancellationException ex) {
                last = new ExecutionException(ex);
            }
        }
        throw Objects.requireNonNull(last, "there was a task");
    }

    @Override
    public boolean isShutdown() {
        PoolState state = this.executor.statistics().state();
        return state != PoolState.RUNNING && state != PoolState.PAUSED;
    }

    @Override
    public boolean isTerminated() {
        // asking does not wait, whatever the flag says
        boolean interrupted = Thread.interrupted();
        try {
            return isShutdown() && this.executor.awaitTermination(Duration.ZERO);
        }
        catch (InterruptedException ex) {
            interrupted = true;
            return false;
        }
        finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return this.executor.awaitTermination(Duration.ofNanos(unit.toNanos(timeout)));
    }

    @Override
    public String toString() {
        return "ExecutorService[" + this.executor + "]";
    }

}
