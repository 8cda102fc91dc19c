// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.Objects;

import dev.futures.ContextSnapshot;
import dev.futures.Task;
import org.jspecify.annotations.Nullable;

/**
 * A task with the context that it is to run in.
 *
 * @param <T> the type of the result
 * @param context the context
 * @param task the task
 */
record ContextTask<T extends @Nullable Object>(ContextSnapshot context, Task<T> task) implements Task<T> {

    @Override
    public T call() throws Exception {
        ContextSnapshot.Scope scope = Objects.requireNonNull(this.context.restore(),
                "restore() of the captured context returned null");
        try (scope) {
            return call(scope);
        }
    }

    private T call(ContextSnapshot.Scope scope) throws Exception {
        try {
            return this.task.call();
        }
        catch (Throwable ex) {
            tell(scope, ex);
            throw ex;
        }
    }

    /** Whatever comes of it, the task fails with what it has thrown itself. */
    private static void tell(ContextSnapshot.Scope scope, Throwable failure) {
        try {
            scope.failed(failure);
        }
        catch (Throwable ex) {
            if (ex != failure) {
                failure.addSuppressed(ex);
            }
        }
    }

}
