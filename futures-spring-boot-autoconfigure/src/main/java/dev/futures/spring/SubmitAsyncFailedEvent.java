// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import org.aopalliance.intercept.MethodInvocation;

import org.springframework.context.event.MethodFailureEvent;

/**
 * Published when a {@link SubmitAsync} method without result has failed, was cancelled or
 * could not be submitted, whether or not a {@link SubmitAsyncExceptionHandler} has
 * handled it. Listeners are called by the thread that ended the task. A method that
 * returns a future or a Mono leaves its failures to its callers.
 */
public class SubmitAsyncFailedEvent extends MethodFailureEvent {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an event.
     * @param invocation the call
     * @param failure what happened
     */
    public SubmitAsyncFailedEvent(MethodInvocation invocation, Throwable failure) {
        super(invocation, failure);
    }

}
