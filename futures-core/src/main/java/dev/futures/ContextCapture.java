// SPDX-License-Identifier: Apache-2.0

package dev.futures;

/**
 * Carries something of the submitting thread's context to wherever the task runs: a
 * logging context, a trace, a security context. It is called once for each submitted
 * task, in the submitting thread; what it returns is restored around the task.
 */
@FunctionalInterface
public interface ContextCapture {

    /**
     * Captures the context of the calling thread. An exception from here is thrown by
     * {@code submit}.
     * @return the captured context
     */
    ContextSnapshot capture();

}
