// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * An {@link Executor} as the JDK knows executors.
 */
final class ExecutorServiceView extends AbstractExecutorService {

    /**
     * The task that a thread has had made and has not executed. Weak, because a thread
     * that never does so must not keep the classes of an application.
     */
    private static final ThreadLocal<@Nullable WeakReference<ServiceTask<?>>> lastMade = new ThreadLocal<>();

    private final Executor executor;

    /** The tasks that the executor has, and what shutdownNow returns for them. */
    private final Map<ServiceTask<?>, Runnable> tasks = Collections.synchronizedMap(new LinkedHashMap<>());

    ExecutorServiceView(Executor executor) {
        this.executor = executor;
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return made(new ServiceTask<>(callable));
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
        return made(new ServiceTask<>(runnable, value));
    }

    private <T extends @Nullable Object> ServiceTask<T> made(ServiceTask<T> task) {
        lastMade.set(new WeakReference<>(task));
        return task;
    }

    private static @Nullable ServiceTask<?> takeLastMade() {
        WeakReference<ServiceTask<?>> made = lastMade.get();
        lastMade.remove();
        return (made != null) ? made.get() : null;
    }

    @Override
    public void execute(Runnable command) {
        Objects.requireNonNull(command, "command");
        ServiceTask<?> made = takeLastMade();
        if (command instanceof ServiceTask<?> task) {
            start(task, command);
        }
        else if (made != null && !made.done() && isOfCompletionService(command)) {
            // it has just had that task made, and wraps it in one that cannot travel
            made.addDoneCallback((done) -> command.run());
            start(made, command);
        }
        else {
            ServiceTask<?> task = ServiceTask.of(command);
            task.addDoneCallback((done) -> executed(command, done));
            start(task, command);
        }
    }

    /** Running what it executes, once its task is done, only puts that into its queue. */
    private static boolean isOfCompletionService(Runnable command) {
        return command.getClass().getEnclosingClass() == ExecutorCompletionService.class;
    }

    private void start(ServiceTask<?> task, Runnable command) {
        boolean accepted = false;
        this.tasks.put(task, command);
        try {
            task.submitTo(this.executor, () -> this.tasks.remove(task));
            accepted = true;
        }
        catch (BrokenExecutorException ex) {
            throw new RejectedExecutionException(ex.getMessage(), ex);
        }
        finally {
            if (!accepted) {
                this.tasks.remove(task);
            }
        }
    }

    /** Nobody has a future that would say how a command ended. */
    private static void executed(Runnable command, Future<?> ended) {
        Throwable thrown = ended.cancelled() ? null : failure(ended);
        boolean lost = ended.cancelled() || thrown != null;
        if (lost && command instanceof java.util.concurrent.Future<?> future) {
            // it was not run, and somebody may be waiting for it
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
        List<Runnable> neverStarted = new ArrayList<>();
        for (ServiceTask<?> task : new ArrayList<>(this.tasks.keySet())) {
            // two threads may do this at the same time
            Runnable command = this.tasks.remove(task);
            if (command != null && task.recall()) {
                neverStarted.add(command);
            }
        }
        this.executor.cancelAll();
        return neverStarted;
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
