// SPDX-License-Identifier: Apache-2.0

package dev.futures.test;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

import dev.futures.Future;
import dev.futures.TaskProgress;
import dev.futures.pool.WorkItem;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.presentation.Representation;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a {@link Future}. Those whose names say {@code Within} wait, the
 * others look at the future as it is at that moment. What a task threw is in the message
 * of a failing assertion, and with its stack trace a suppressed exception of it.
 *
 * @param <T> the type of the result
 */
public final class FutureAssert<T extends @Nullable Object> extends AbstractAssert<FutureAssert<T>, Future<T>> {

    FutureAssert(@Nullable Future<T> actual) {
        super(actual, FutureAssert.class);
    }

    /**
     * Verifies that the future has ended, with a result, an exception or by being
     * cancelled.
     * @return this assertion
     */
    public FutureAssert<T> isDone() {
        return verify(present().done(), "to be done");
    }

    /**
     * Verifies that the future has not ended: its task waits or is running.
     * @return this assertion
     */
    public FutureAssert<T> isNotDone() {
        return verify(!present().done(), "not to be done");
    }

    /**
     * Verifies that the task waits for a worker.
     * @return this assertion
     */
    public FutureAssert<T> isPending() {
        return verify(!present().done() && !present().running(), "to be pending");
    }

    /**
     * Verifies that the task is running.
     * @return this assertion
     */
    public FutureAssert<T> isRunning() {
        return verify(present().running(), "to be running");
    }

    /**
     * Verifies that the future was cancelled.
     * @return this assertion
     */
    public FutureAssert<T> isCancelled() {
        return verify(present().cancelled(), "to be cancelled");
    }

    /**
     * Verifies that the future was not cancelled, be it done or not.
     * @return this assertion
     */
    public FutureAssert<T> isNotCancelled() {
        return verify(!present().cancelled(), "not to be cancelled");
    }

    /**
     * Verifies what messages and statistics call the task. Only a future of an executor's
     * {@code submit} has a task with a name.
     * @param name the expected name
     * @return this assertion
     */
    public FutureAssert<T> hasName(String name) {
        String actualName = (present() instanceof WorkItem<?> item) ? item.name() : null;
        return verify(name.equals(actualName), "to have the name '" + name + "'");
    }

    /**
     * Verifies that the task has returned a result that is equal to the given one.
     * @param expected the expected result
     * @return this assertion
     */
    public FutureAssert<T> hasResult(@Nullable Object expected) {
        boolean succeeded = present().done() && !present().cancelled() && failure() == null;
        return verify(succeeded && Objects.deepEquals(result(Duration.ZERO), expected),
                "to have returned " + representation().toStringOf(expected));
    }

    /**
     * Waits for the end of the task and verifies that it returned a result.
     * @param timeout how long to wait
     * @return an assertion about the result
     */
    public ObjectAssert<T> succeedsWithin(Duration timeout) {
        verify(ends(timeout) && !present().cancelled() && failure() == null, "to succeed within " + timeout);
        return Assertions.assertThat(result(Duration.ZERO));
    }

    /**
     * Waits for the end of the task and verifies that it threw an exception. A cancelled
     * future has not failed.
     * @param timeout how long to wait
     * @return an assertion about the exception that the task threw, without a wrapper
     */
    public AbstractThrowableAssert<?, ? extends Throwable> failsWithin(Duration timeout) {
        Throwable failure = (ends(timeout) && !present().cancelled()) ? failure() : null;
        verify(failure != null, "to fail within " + timeout);
        return Assertions.assertThat(failure);
    }

    /**
     * Verifies that the task has thrown an exception of the given type.
     * @param type the expected type, or a super type of it
     * @return an assertion about the exception that the task threw, without a wrapper
     */
    public AbstractThrowableAssert<?, ? extends Throwable> failedWith(Class<? extends Throwable> type) {
        Throwable failure = (present().done() && !present().cancelled()) ? failure() : null;
        verify(type.isInstance(failure), "to have failed with " + type.getName());
        return Assertions.assertThat(failure);
    }

    private Future<T> present() {
        isNotNull();
        return this.actual;
    }

    private FutureAssert<T> verify(boolean holds, String expectation) {
        if (!holds) {
            AssertionError error = failure("expected %s %s but it %s", subject(), expectation, state());
            Throwable thrown = (this.actual.done() && !this.actual.cancelled()) ? failure() : null;
            if (thrown != null) {
                error.addSuppressed(thrown);
            }
            throw error;
        }
        return this;
    }

    private String subject() {
        return (this.actual instanceof WorkItem<?> item) ? "future of task '" + item.name() + "'" : "future";
    }

    private String state() {
        if (this.actual.cancelled()) {
            return "was cancelled";
        }
        if (!this.actual.done()) {
            return (this.actual.running() ? "is running" : "is pending") + progress();
        }
        Throwable thrown = failure();
        return (thrown != null) ? "has failed with " + causes(thrown)
                : "has returned " + representation().toStringOf(result(Duration.ZERO));
    }

    private String progress() {
        TaskProgress progress = this.actual.progress();
        return (progress != null) ? " and last reported " + progress : "";
    }

    private static String causes(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return (cause != null && cause != thrown) ? thrown + ", caused by " + cause : thrown.toString();
    }

    private Representation representation() {
        return this.info.representation();
    }

    private boolean ends(Duration timeout) {
        try {
            Throwable unused = present().exception(timeout);
            return true;
        }
        catch (TimeoutException ex) {
            return false;
        }
        catch (CancellationException ex) {
            return true;
        }
        catch (InterruptedException ex) {
            throw interrupted(ex);
        }
    }

    /** To be called once the future has ended and was not cancelled. */
    private @Nullable Throwable failure() {
        try {
            return present().exception();
        }
        catch (InterruptedException ex) {
            throw interrupted(ex);
        }
    }

    private T result(Duration timeout) {
        try {
            return present().result(timeout);
        }
        catch (Exception ex) {
            throw new AssertionError("the result of a future that has succeeded is not there", ex);
        }
    }

    private static AssertionError interrupted(InterruptedException ex) {
        Thread.currentThread().interrupt();
        return new AssertionError("the test was interrupted while it waited for a future", ex);
    }

}
