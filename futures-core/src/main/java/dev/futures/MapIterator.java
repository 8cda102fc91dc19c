// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The results of {@link Executor#map(TaskFunction, Iterable, MapOptions)}. One task
 * carries one chunk of inputs. At most {@code bufferSize} tasks are submitted and not
 * consumed: a new one is submitted only after the oldest was waited for.
 */
final class MapIterator<A extends @Nullable Object, R extends @Nullable Object> implements CloseableIterator<R> {

    private final Executor executor;

    private final TaskFunction<? super A, ? extends R> function;

    private final Iterator<? extends A> inputs;

    private final MapOptions options;

    private final TaskOptions taskOptions;

    private final Deadline deadline;

    private final Deque<Future<List<R>>> submitted = new ArrayDeque<>();

    private Iterator<R> chunk = Collections.emptyIterator();

    private boolean ended;

    MapIterator(Executor executor, TaskFunction<? super A, ? extends R> function, Iterable<? extends A> inputs,
            MapOptions options) {
        this.executor = executor;
        this.function = function;
        this.inputs = inputs.iterator();
        this.options = options;
        this.taskOptions = TaskOptions.none().namedAfter(function.getClass());
        this.deadline = Deadline.after(options.timeout());
        fill();
    }

    private void fill() {
        Integer bufferSize = this.options.bufferSize();
        try {
            while ((bufferSize == null || this.submitted.size() < bufferSize) && this.inputs.hasNext()) {
                this.submitted.add(this.executor.submit(nextCall(), this.taskOptions));
            }
        }
        catch (RuntimeException | Error ex) {
            close();
            throw ex;
        }
    }

    private Task<List<R>> nextCall() {
        ArrayList<A> chunkInputs = new ArrayList<>(Math.min(this.options.chunkSize(), 1024));
        while (chunkInputs.size() < this.options.chunkSize() && this.inputs.hasNext()) {
            chunkInputs.add(this.inputs.next());
        }
        return new MapCalls.Chunk<>(this.function, chunkInputs);
    }

    @Override
    public boolean hasNext() {
        return !this.ended && (this.chunk.hasNext() || !this.submitted.isEmpty());
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (!this.chunk.hasNext()) {
            this.chunk = nextChunk().iterator();
            fill();
        }
        return this.chunk.next();
    }

    private List<R> nextChunk() {
        Future<List<R>> oldest = this.submitted.element();
        try {
            awaitEnd(oldest);
            List<R> results = oldest.result();
            this.submitted.remove();
            return results;
        }
        catch (Throwable ex) {
            close();
            throw Throwables.unchecked(ex);
        }
    }

    /** Waits apart from asking for the result: a task may throw what waiting throws. */
    private void awaitEnd(Future<?> oldest) throws TimeoutException {
        try {
            if (this.options.timeout() == null) {
                oldest.exception();
            }
            else {
                oldest.exception(Duration.ofNanos(Math.max(0, this.deadline.remainingNanos())));
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new CompletionException(ex);
        }
    }

    @Override
    public void close() {
        this.ended = true;
        this.chunk = Collections.emptyIterator();
        this.submitted.forEach(Future::cancel);
        this.submitted.clear();
    }

}
