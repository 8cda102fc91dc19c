// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Has every call of a method submitted to an executor: the caller gets a
 * {@link dev.futures.Future} at once, and the method runs in a worker. On a class or an
 * interface it applies to all of its public methods that return a future.
 * <p>
 * The method returns {@link dev.futures.Future}, {@link java.util.concurrent.Future},
 * {@link java.util.concurrent.CompletionStage},
 * {@link java.util.concurrent.CompletableFuture} or nothing, or Reactor's {@code Mono}.
 * Its body returns its result with {@link dev.futures.Futures#completed(Object)}. A task
 * that cannot be submitted, because the queue is full or the pool broken, is a failed
 * future. A failure of its own it had better return, with
 * {@link dev.futures.Futures#failed(Throwable)}, than declare: callers would have to
 * catch a checked exception that never arrives.
 * <p>
 * A body may also return a stage that is not done, such as the future of another pool. In
 * a thread that costs no worker: the caller's future goes on to be running until the
 * stage is done, its time limit counts, and cancelling it cancels the stage. Only for a
 * {@link java.util.concurrent.Future} that is no stage the worker waits, and in a process
 * it always does.
 * <p>
 * A {@code Mono} is cold: each subscription submits one task, and cancelling it cancels
 * that task, also while it runs. What a method without result throws, or why it could not
 * be submitted or was cancelled, is for the {@link SubmitAsyncExceptionHandler}s.
 * <p>
 * In a process pool the method runs in the child JVM, on a bean of the same class that
 * the child creates for itself. Arguments and result travel by Java serialization, and so
 * does what the pool captures of the caller's context. No transaction does, and no other
 * advice of the method: a method of a process pool that has some is refused.
 * <p>
 * As with all advice, a call from within the same object goes to the method directly.
 * <p>
 * In {@link #executor()}, {@link #name()} and {@link #priority()}, placeholders such as
 * <code>${reports.pool}</code> are resolved once. What then contains <code>#{...}</code>
 * is a template of SpEL expressions that is evaluated for each call, in the calling
 * thread: {@code #document}, {@code #p0} and {@code #a0} are arguments, {@code #root} has
 * {@code args}, {@code method}, {@code methodName}, {@code target} and
 * {@code targetClass}, and {@code @reports} is a bean. What does not depend on the call
 * is checked at start-up.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface SubmitAsync {

    /**
     * Alias for {@link #executor()}.
     * @return the name of the executor
     */
    @AliasFor("executor")
    String value() default "";

    /**
     * The bean name of the executor. A template yields a name or the executor itself; if
     * it fails, or there is no such executor, so does the call. By default the only or
     * primary {@link dev.futures.thread.ThreadPoolExecutor}.
     * @return the name of the executor
     */
    @AliasFor("value")
    String executor() default "";

    /**
     * What statistics, messages and logs call the task, such as
     * <code>render #{#document.name}</code>. Where a template fails, the task is called
     * like the template. By default class and method.
     * @return the name of the task
     */
    String name() default "";

    /**
     * Which of the tasks that wait goes first, a whole number: the highest one. If a
     * template fails or yields something else, so does the call. By default what the pool
     * says.
     * @return the priority
     */
    String priority() default "";

    /**
     * How long the method may run before it is stopped, such as {@code 30s}, in which
     * placeholders are resolved. By default what the pool says.
     * @return the time limit
     */
    String timeLimit() default "";

    /**
     * How long the task may wait for a worker, such as {@code 5s}, in which placeholders
     * are resolved. By default what the pool says.
     * @return the queue time limit
     */
    String queueTimeLimit() default "";

}
