// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.Serializable;

/**
 * What a {@link ContextCapture} captured. It travels with its task, to another process if
 * need be, so it should hold values rather than references to services.
 */
@FunctionalInterface
public interface ContextSnapshot extends Serializable {

    /**
     * Puts the context in place. Called in the thread that is about to run the task; an
     * exception from here fails the task.
     * @return what takes the context away again, and puts back what was there
     */
    Scope restore();

    /**
     * The time during which a captured context is in place.
     */
    @FunctionalInterface
    interface Scope extends AutoCloseable {

        /**
         * Tells of what the task has thrown, right before {@link #close()}, in the same
         * thread and process; for a scope that keeps a record of the task, such as a
         * span. Not called for a task that returns, whatever becomes of its future. An
         * exception from here is added to the failure as a suppressed one. Does nothing
         * unless it is overridden.
         * @param failure what the task has thrown
         */
        default void failed(Throwable failure) {
        }

        /**
         * Ends the scope. Called in the thread that opened it, when the task has ended;
         * an exception from here fails the task.
         */
        @Override
        void close();

    }

}
