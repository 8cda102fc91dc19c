// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInvocation;

import org.springframework.context.ApplicationEvent;

/**
 * Published when a {@link SubmitAsync} method without result has failed, was cancelled or
 * could not be submitted, whether or not a {@link SubmitAsyncExceptionHandler} has
 * handled it. Listeners are called by the thread that ended the task. A method that
 * returns a future or a Mono leaves its failures to its callers.
 */
public class SubmitAsyncFailedEvent extends ApplicationEvent {

    private static final long serialVersionUID = 1L;

    private final Throwable failure;

    /**
     * Creates an event.
     * @param invocation the call
     * @param failure what happened
     */
    public SubmitAsyncFailedEvent(MethodInvocation invocation, Throwable failure) {
        super(invocation);
        this.failure = failure;
    }

    /**
     * Returns the call.
     * @return the call
     */
    @Override
    public MethodInvocation getSource() {
        return (MethodInvocation) super.getSource();
    }

    /**
     * Returns the method that was called.
     * @return the method
     */
    public Method getMethod() {
        return getSource().getMethod();
    }

    /**
     * Returns what happened.
     * @return what the method threw, or why it did not run or end
     */
    public Throwable getFailure() {
        return this.failure;
    }

}
