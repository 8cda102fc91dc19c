// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.futures.TaskContext;
import dev.futures.TaskProgress;
import org.jspecify.annotations.Nullable;

/**
 * What a child is doing, as its threads have to agree on it: the main thread, which runs
 * the tasks, the one that hears on the life line that a task is to be stopped, and those
 * of a task that report progress.
 */
final class Assignment {

    private static final int MAX_STACK = 64 * 1024;

    private final Thread runner;

    private final Outbox outbox;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable Context running;

    @GuardedBy("lock")
    private boolean leaving;

    /** The life line may be faster than the channel. */
    @GuardedBy("lock")
    private long lastStopped;

    /**
     * Creates an assignment without a task.
     * @param runner the thread that runs the tasks
     * @param outbox takes what is to be sent
     */
    Assignment(Thread runner, Outbox outbox) {
        this.runner = runner;
        this.outbox = outbox;
    }

    /**
     * Begins a task. Called by the runner.
     * @return {@code false} if the process is ending, so that the task must not begin
     */
    boolean begin(long id, About about) {
        this.lock.lock();
        try {
            if (this.leaving) {
                return false;
            }
            this.running = new Context(id, about);
            RunnerThread.allowInterrupts();
            if (id <= this.lastStopped) {
                this.running.over = true;
                this.runner.interrupt();
            }
            return true;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** The process is ending, whoever has asked for that: no further task begins. */
    void leave() {
        this.lock.lock();
        try {
            this.leaving = true;
        }
        finally {
            this.lock.unlock();
        }
    }

    boolean isLeaving() {
        this.lock.lock();
        try {
            return this.leaving;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Ends the task: from now on nobody interrupts the runner. */
    void end() {
        this.lock.lock();
        try {
            if (this.running != null) {
                this.running.over = true;
            }
            this.running = null;
            RunnerThread.preventInterrupts();
        }
        finally {
            this.lock.unlock();
        }
        this.outbox.flushProgress();
    }

    /** Tells a task to stop. Called by the thread of the life line. */
    void stop(long id) {
        Frame stack = null;
        this.lock.lock();
        try {
            this.lastStopped = Math.max(this.lastStopped, id);
            if (this.running != null && this.running.id == id) {
                stack = new Frame(Frame.Kind.STACK, id, stackOfRunner());
                this.running.over = true;
                this.runner.interrupt();
            }
        }
        finally {
            this.lock.unlock();
        }
        if (stack != null) {
            this.outbox.offer(stack);
        }
    }

    private byte[] stackOfRunner() {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement element : this.runner.getStackTrace()) {
            if (element.getClassName().equals(WorkerLoop.class.getName()) || text.length() > MAX_STACK) {
                break;
            }
            text.append(element).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the context of the task that runs now. Called by the runner. */
    @Nullable TaskContext context() {
        this.lock.lock();
        try {
            return this.running;
        }
        finally {
            this.lock.unlock();
        }
    }

    private boolean isRunning(Context context) {
        this.lock.lock();
        try {
            return this.running == context;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Takes what other threads than the runner have to send. */
    interface Outbox {

        /** Sends a frame now, or not at all if another one is on its way. */
        void offer(Frame frame);

        /** Sends the latest progress soon. */
        void progress(long id, TaskProgress progress);

        /** Sends the latest progress now, if it has not been sent. */
        void flushProgress();

    }

    /** The context of one task in the child. */
    private final class Context extends TaskContext {

        private final long id;

        private final About about;

        private final long startedAt = System.nanoTime();

        // volatile: set when the task is to stop and when it has ended, read by its
        // threads
        private volatile boolean over;

        Context(long id, About about) {
            this.id = id;
            this.about = about;
        }

        @Override
        public String taskName() {
            return this.about.taskName();
        }

        @Override
        public boolean isCancelled() {
            return this.over;
        }

        @Override
        public @Nullable Duration remaining() {
            Duration limit = this.about.timeLimit();
            if (limit == null) {
                return null;
            }
            Duration left = limit.minusNanos(System.nanoTime() - this.startedAt);
            return left.isNegative() ? Duration.ZERO : left;
        }

        @Override
        public void progress(TaskProgress progress) {
            if (isRunning(this)) {
                Assignment.this.outbox.progress(this.id, progress);
            }
        }

        /** So that the executor's own classes can say where contexts come from. */
        private static void provide(Assignment assignment) {
            var unused = install(assignment::context);
        }

    }

    /** From now on tasks of the calling thread, the runner, find their contexts. */
    void provideContexts() {
        Context.provide(this);
    }

}
