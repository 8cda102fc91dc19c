// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What a running task can say to whoever holds its future, and learn from them: it can
 * report progress, and ask whether anybody still wants its result. Works the same in a
 * thread, an interpreter and a worker process.
 * <p>
 * A task asks for its context in the thread that runs it and may then use it in any
 * thread. Once the future has ended, reports are ignored.
 *
 * <pre>
 * executor.submit(() -&gt; {
 *     TaskContext context = TaskContext.current();
 *     for (int page = 0; page &lt; pages &amp;&amp; !context.isCancelled(); page++) {
 *         render(page);
 *         context.progress((page + 1.0) / pages, "page " + page);
 *     }
 *     return document();
 * });
 * </pre>
 */
public abstract class TaskContext {

    private static final ThreadLocal<@Nullable Supplier<? extends @Nullable TaskContext>> here = new ThreadLocal<>();

    /** For executors. */
    protected TaskContext() {
    }

    /**
     * Returns the context of the task that the calling thread is running.
     * @return the context; in a thread that runs no task it is one that has no name, is
     * never cancelled, has no limit and tells nobody, so that code which reports progress
     * need not know where it runs
     */
    public static TaskContext current() {
        Supplier<? extends @Nullable TaskContext> supplier = here.get();
        TaskContext context = (supplier != null) ? supplier.get() : null;
        return (context != null) ? context : Nowhere.INSTANCE;
    }

    /**
     * Says where the contexts of tasks come from that the calling thread runs. For
     * executors.
     * @param supplier is asked for the context of the task that runs now, or {@code null}
     * to say nothing any more
     * @return what was said before
     */
    protected static @Nullable Supplier<? extends @Nullable TaskContext> install(
            @Nullable Supplier<? extends @Nullable TaskContext> supplier) {
        Supplier<? extends @Nullable TaskContext> before = here.get();
        if (supplier != null) {
            here.set(supplier);
        }
        else {
            here.remove();
        }
        return before;
    }

    /**
     * Returns the name that statistics and messages call the task.
     * @return the name, or an empty text in a thread that runs no task
     */
    public abstract String taskName();

    /**
     * Returns whether the future has ended while the task is running: it was cancelled,
     * has exceeded its time limit, or its executor was stopped. The task was interrupted
     * then, and should end soon, however it likes; a process that does not is killed.
     * Once the task has ended this is true as well, for threads that it left behind.
     * @return {@code true} if nobody waits for the outcome any more
     */
    public abstract boolean isCancelled();

    /**
     * Returns how much time is left until the time limit of the task.
     * @return the time, zero if it is over, or {@code null} if there is no limit
     */
    public abstract @Nullable Duration remaining();

    /**
     * Reports how far the task has come, for {@link Future#progress()}, its listeners and
     * statistics. In a thread or interpreter the listeners are called right here, in the
     * calling thread; what they throw does not get here. From a worker process the report
     * is sent by another thread, and only the latest of each tenth of a second, so that
     * it costs little however often it is called.
     * @param progress how far
     */
    public abstract void progress(TaskProgress progress);

    /**
     * Reports how far the task has come.
     * @param fraction how much is done, from 0 to 1
     * @throws IllegalArgumentException if the fraction is out of range by more than a
     * rounding error
     */
    public final void progress(double fraction) {
        progress(new TaskProgress(fraction, null));
    }

    /**
     * Reports how far the task has come, and what it is doing.
     * @param fraction how much is done, from 0 to 1
     * @param text what it is doing
     * @throws IllegalArgumentException if the fraction is out of range by more than a
     * rounding error
     */
    public final void progress(double fraction, String text) {
        progress(new TaskProgress(fraction, text));
    }

    /**
     * Reports what the task is doing, when it cannot tell how much is left.
     * @param text what it is doing
     */
    public final void progress(String text) {
        progress(new TaskProgress(null, text));
    }

    /** That of a thread that runs no task. */
    private static final class Nowhere extends TaskContext {

        private static final TaskContext INSTANCE = new Nowhere();

        @Override
        public String taskName() {
            return "";
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public @Nullable Duration remaining() {
            return null;
        }

        @Override
        public void progress(TaskProgress progress) {
            // there is nobody to tell
        }

    }

}
