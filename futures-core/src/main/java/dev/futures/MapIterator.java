// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The results of {@link Executor#map(TaskFunction, Iterable, MapOptions)}. One task
 * carries one chunk of inputs. At most {@code bufferSize} tasks are submitted and not
 * consumed: a new one is submitted only after one was waited for.
 */
final class MapIterator<A extends @Nullable Object, R extends @Nullable Object> implements CloseableIterator<R> {

    private final Executor executor;

    private final TaskFunction<? super A, ? extends R> function;

    private final MapOptions options;

    private final Deadline deadline;

    private final MapTasks tasks;

    private final @Nullable MapProgress progress;

    /** Empty as soon as it has ended or failed, so that nobody asks it again. */
    private Iterator<? extends A> inputs;

    /** Why nothing more is submitted: thrown after all that was. */
    private @Nullable Throwable failure;

    /** Of the task that is being consumed; what was returned is not kept. */
    private @Nullable Object[] results = {};

    private int position;

    private boolean ended;

    MapIterator(Executor executor, TaskFunction<? super A, ? extends R> function, Iterable<? extends A> inputs,
            MapOptions options) {
        this.deadline = Deadline.after(options.timeout());
        this.executor = executor;
        this.function = function;
        this.options = options;
        this.tasks = options.unordered() ? new MapTasks.AsCompleted() : new MapTasks.InOrder();
        ProgressListener listener = options.progress();
        this.progress = (listener != null) ? new MapProgress(listener, String.valueOf(options.taskOptions().name()))
                : null;
        this.inputs = inputs.iterator();
        submitMore();
        throwFailure();
    }

    private void submitMore() {
        Integer bufferSize = this.options.bufferSize();
        while (bufferSize == null || this.tasks.size() < bufferSize) {
            List<A> chunk = nextInputs();
            // the inputs may have closed this iterator
            if (chunk.isEmpty() || this.ended) {
                return;
            }
            submit(chunk);
        }
    }

    /** Returns what there is: inputs that came before a failure are not lost by it. */
    private List<A> nextInputs() {
        List<A> chunk = new ArrayList<>(Math.min(this.options.chunkSize(), 1024));
        try {
            while (chunk.size() < this.options.chunkSize() && this.inputs.hasNext()) {
                chunk.add(this.inputs.next());
            }
            if (chunk.size() < this.options.chunkSize()) {
                this.inputs = Collections.emptyIterator();
            }
        }
        catch (Throwable ex) {
            failed(ex);
        }
        return chunk;
    }

    private void submit(List<A> chunk) {
        try {
            MapTasks.Submitted task = new MapTasks.Submitted(this.executor.submit(
                    new MapCalls.Chunk<>(this.function, chunk, this.options.continueAfterFailure()),
                    this.options.taskOptions()), chunk.size());
            this.tasks.add(task);
            if (this.progress != null) {
                this.progress.watch(task.future(), task.inputs());
            }
        }
        catch (Throwable ex) {
            failed(ex);
        }
    }

    private void failed(Throwable thrown) {
        this.inputs = Collections.emptyIterator();
        if (this.failure == null) {
            this.failure = thrown;
        }
    }

    private void throwFailure() {
        Throwable thrown = this.failure;
        if (thrown != null) {
            close();
            throw Throwables.unchecked(thrown);
        }
    }

    @Override
    public boolean hasNext() {
        return !this.ended && (this.position < this.results.length || this.tasks.size() > 0 || this.failure != null);
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (this.position == this.results.length) {
            if (this.tasks.size() == 0) {
                throwFailure();
            }
            this.results = resultsOf(nextTask());
            this.position = 0;
            submitMore();
            if (this.ended) {
                throw new NoSuchElementException("the inputs closed the iterator over their results");
            }
        }
        return nextResult();
    }

    private MapTasks.Submitted nextTask() {
        try {
            return this.tasks.next(this.deadline);
        }
        catch (TimeoutException ex) {
            close();
            throw new CompletionException(
                    new TimeoutException("not all results of the map came within " + this.options.timeout()));
        }
        catch (DeadlockException ex) {
            close();
            throw ex;
        }
        catch (InterruptedException ex) {
            close();
            Thread.currentThread().interrupt();
            throw new CompletionException(ex);
        }
    }

    private @Nullable Object[] resultsOf(MapTasks.Submitted task) {
        try {
            return task.future().result().toArray();
        }
        catch (Throwable ex) {
            if (!this.options.continueAfterFailure()) {
                close();
                throw Throwables.unchecked(ex);
            }
            // one failure for each input, so that the results still match the inputs
            @Nullable Object[] failures = new @Nullable Object[task.inputs()];
            Arrays.fill(failures, new MapFailure(ex));
            return failures;
        }
    }

    @SuppressWarnings("unchecked") // what the function returned
    private R nextResult() {
        Object result = this.results[this.position];
        this.results[this.position++] = null;
        if (result instanceof MapFailure failed) {
            throw Throwables.unchecked(failed.exception());
        }
        return (R) result;
    }

    @Override
    public void close() {
        this.ended = true;
        this.inputs = Collections.emptyIterator();
        this.failure = null;
        this.results = new @Nullable Object[0];
        this.position = 0;
        this.tasks.cancelAll();
    }

}
