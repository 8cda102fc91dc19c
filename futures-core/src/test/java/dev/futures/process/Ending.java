// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import dev.futures.Future;
import dev.futures.TaskSerializationException;
import dev.futures.TaskTimeoutException;
import dev.futures.support.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a future ends.
 */
enum Ending {

    VALUE, ITSELF, UNREADABLE, DIED, BROKEN, TIMED_OUT;

    /** Returns what the failure says, causes included; nothing if there is none. */
    String check(Future<?> future, FaultKind kind) throws Exception {
        Throwable thrown = future.exception(Await.PATIENCE);
        if (this == VALUE) {
            assertThat(thrown).isNull();
            return "";
        }
        assertThat(thrown).isInstanceOf(type(kind));
        StringBuilder said = new StringBuilder();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            said.append(each).append('\n');
        }
        return said.toString();
    }

    private Class<?> type(FaultKind kind) {
        return switch (this) {
            case VALUE -> Object.class;
            case ITSELF -> (kind == FaultKind.STACK_OVERFLOW) ? StackOverflowError.class : IllegalStateException.class;
            case UNREADABLE -> TaskSerializationException.class;
            case DIED -> WorkerDiedException.class;
            case BROKEN -> BrokenProcessPoolException.class;
            case TIMED_OUT -> TaskTimeoutException.class;
        };
    }

}
