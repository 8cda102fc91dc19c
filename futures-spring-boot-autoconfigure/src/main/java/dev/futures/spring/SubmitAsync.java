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
 * {@link dev.futures.Future} at once, and the method runs in a worker. On a class it
 * applies to all of its public methods that return a future.
 * <p>
 * The method returns {@link dev.futures.Future}, {@link java.util.concurrent.Future},
 * {@link java.util.concurrent.CompletionStage},
 * {@link java.util.concurrent.CompletableFuture} or nothing. Its body returns its result
 * with {@link dev.futures.Futures#completed(Object)}. A task that cannot be submitted,
 * because the queue is full or the pool broken, is a failed future. A failure of its own
 * it had better return, with {@link dev.futures.Futures#failed(Throwable)}, than declare:
 * callers would have to catch a checked exception that never arrives.
 * <p>
 * In a process pool the method runs in the child JVM, on a bean of the same class that
 * the child creates for itself. Arguments and result travel by Java serialization, and
 * nothing else does: no transaction, no security context, and no other advice of the
 * method. A method of a process pool that has other advice is refused.
 * <p>
 * As with all advice, a call from within the same object goes to the method directly.
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
     * The bean name of the executor, in which placeholders are resolved. By default the
     * only or primary {@link dev.futures.thread.ThreadPoolExecutor}.
     * @return the name of the executor
     */
    @AliasFor("value")
    String executor() default "";

    /**
     * What statistics, messages and logs call the task, as a template in which
     * <code>#{...}</code> is an expression on the arguments, such as
     * <code>render #{#document.name}</code>. By default class and method.
     * @return the name of the task
     */
    String name() default "";

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
