// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * Told of the failure of a {@link SubmitAsync} method without result, which nobody else
 * learns of: what it threw, the {@link java.util.concurrent.RejectedExecutionException}
 * or {@link dev.futures.BrokenExecutorException} if it could not be submitted, the
 * {@link dev.futures.TaskTimeoutException} if it took too long, or the
 * {@link java.util.concurrent.CancellationException} if the pool cancelled it, as it does
 * when it is stopped.
 * <p>
 * The beans of this type are asked in their {@linkplain org.springframework.core.Ordered
 * order} until one has handled the failure. If none has, it is logged with the method, as
 * a warning if the call was cancelled and else as an error, but without the arguments. In
 * any case a {@link SubmitAsyncFailedEvent} is published then.
 */
@FunctionalInterface
public interface SubmitAsyncExceptionHandler {

    /**
     * Handles a failure. Called by the thread that ended the task: a worker, which should
     * not be held up for long, or the caller if the call was rejected. What this method
     * throws is logged, and the failure counts as not handled.
     * @param failure what happened
     * @param method the method, of the bean's class
     * @param arguments the arguments of the call
     * @return whether the failure is handled, so that it is neither logged nor shown to
     * the handlers that come after this one
     */
    boolean handle(Throwable failure, Method method, @Nullable Object[] arguments);

}
