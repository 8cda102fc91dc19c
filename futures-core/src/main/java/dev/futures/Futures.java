// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * What PEP 3148 offers for several futures at once. The futures may belong to different
 * executors; a future that is given twice counts once.
 */
public final class Futures {

    private Futures() {
    }

    /**
     * Waits for all of the futures to be done.
     * @param <F> the type of the futures
     * @param futures the futures
     * @return the futures, parted into done and not done
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public static <F extends Future<?>> WaitResult<F> wait(Iterable<? extends F> futures) throws InterruptedException {
        return wait(futures, null, ReturnWhen.ALL_COMPLETED);
    }

    /**
     * Waits for the futures. Running out of time is not an error: the result says which
     * futures are done.
     * @param <F> the type of the futures
     * @param futures the futures
     * @param timeout how long to wait, or {@code null} for ever; zero or less polls
     * @param returnWhen what to wait for
     * @return the futures, parted into done and not done
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public static <F extends Future<?>> WaitResult<F> wait(Iterable<? extends F> futures, @Nullable Duration timeout,
            ReturnWhen returnWhen) throws InterruptedException {
        Objects.requireNonNull(returnWhen, "returnWhen");
        Set<F> unique = unique(futures);
        new Waiter(unique, returnWhen).await(Deadline.after(timeout));
        Set<F> done = new LinkedHashSet<>();
        Set<F> notDone = new LinkedHashSet<>();
        unique.forEach((future) -> (future.done() ? done : notDone).add(future));
        return new WaitResult<>(Collections.unmodifiableSet(done), Collections.unmodifiableSet(notDone));
    }

    /**
     * Returns the futures as they are done: first those that are done already, then the
     * others in the order of completion. Failed and cancelled futures are among them.
     * @param <F> the type of the futures
     * @param futures the futures
     * @return the futures; close it if you may not consume all of it
     */
    public static <F extends Future<?>> CloseableIterator<F> asCompleted(Iterable<? extends F> futures) {
        return asCompleted(futures, null);
    }

    /**
     * Returns the futures as they are done, until a time limit passes. Then
     * {@code next()} throws a {@link java.util.concurrent.CompletionException} whose
     * cause is a {@link java.util.concurrent.TimeoutException} that says how many futures
     * are unfinished.
     * @param <F> the type of the futures
     * @param futures the futures
     * @param timeout how long to wait, counted from this call, or {@code null} for ever
     * @return the futures; close it if you may not consume all of it
     */
    public static <F extends Future<?>> CloseableIterator<F> asCompleted(Iterable<? extends F> futures,
            @Nullable Duration timeout) {
        return new AsCompletedIterator<>(unique(futures), timeout);
    }

    /**
     * Waits for all of the futures to be done.
     * @param futures the futures
     * @return the futures, all of them done
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public static WaitResult<Future<?>> wait(Future<?>... futures) throws InterruptedException {
        List<Future<?>> list = Arrays.asList(futures);
        return wait(list);
    }

    /**
     * Returns a future that is finished with a result.
     * @param <T> the type of the result
     * @param result the result
     * @return the future
     */
    public static <T extends @Nullable Object> Future<T> completed(T result) {
        Promise<T> promise = new Promise<>();
        promise.setResult(result);
        return promise;
    }

    /**
     * Returns a future that is finished with an exception.
     * @param <T> the type of the result that there is not
     * @param exception the exception
     * @return the future
     */
    public static <T extends @Nullable Object> Future<T> failed(Throwable exception) {
        Promise<T> promise = new Promise<>();
        promise.setException(exception);
        return promise;
    }

    /**
     * Returns a future that ends as the given stage does, such as a
     * {@link java.util.concurrent.CompletableFuture}: what Python's
     * {@code asyncio.wrap_future} is to futures of another make. If it is a
     * {@link Future} already, it is returned as it is.
     * <p>
     * Cancelling the future cancels the stage's {@code toCompletableFuture()}; where that
     * is not supported or is a copy, whatever the stage stands for goes on. A stage that
     * was cancelled cancels the future. If the stage failed, the future fails with the
     * same exception; of a {@link java.util.concurrent.CompletionException} with a cause,
     * in which the JDK wraps what a stage threw, it is the cause. The future is never
     * {@linkplain Future#running() running}, because nobody knows.
     * @param <T> the type of the result
     * @param stage the stage
     * @return the future
     */
    @SuppressWarnings("unchecked") // a stage is only read
    public static <T extends @Nullable Object> Future<T> wrap(CompletionStage<? extends T> stage) {
        return (stage instanceof Future<? extends T> future) ? (Future<T>) future : LinkedPromise.to(stage);
    }

    private static <F extends Future<?>> Set<F> unique(Iterable<? extends F> futures) {
        Set<F> unique = new LinkedHashSet<>();
        for (F future : futures) {
            unique.add(Objects.requireNonNull(future, "future"));
        }
        return unique;
    }

}
