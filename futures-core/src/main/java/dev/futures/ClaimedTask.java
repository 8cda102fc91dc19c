// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * A callable as a task, serializable if the callable is. It is used when it is run, or
 * sent to where it will be run.
 *
 * @param <T> the type of the result
 */
@SuppressWarnings("serial")
final class ClaimedTask<T extends @Nullable Object> implements Task<T> {

    private static final long serialVersionUID = 1L;

    private final Callable<T> callable;

    /** Null where it was sent to. */
    private final transient @Nullable Claim claim;

    ClaimedTask(Callable<T> callable, Claim claim) {
        this.callable = callable;
        this.claim = claim;
    }

    @Override
    public T call() throws Exception {
        use();
        return this.callable.call();
    }

    private void use() {
        if (this.claim != null && !this.claim.use()) {
            throw new CancellationException("the task was taken back before it was started");
        }
    }

    private void writeObject(ObjectOutputStream stream) throws IOException {
        stream.defaultWriteObject();
        use();
    }

    /** Says who is first: the worker that runs a task, or somebody who takes it back. */
    static final class Claim {

        // volatile: null as long as nobody was
        private final AtomicReference<@Nullable Boolean> used = new AtomicReference<>();

        /** Returns whether the task may be run, then and from then on. */
        boolean use() {
            return this.used.compareAndSet(null, true) || isUsed();
        }

        /** Returns whether this call has seen to it that the task is not run. */
        boolean revoke() {
            return this.used.compareAndSet(null, false);
        }

        boolean isUsed() {
            return Boolean.TRUE.equals(this.used.get());
        }

    }

}
