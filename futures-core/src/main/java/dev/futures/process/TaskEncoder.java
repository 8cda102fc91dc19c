// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import dev.futures.Task;
import dev.futures.TaskSerializationException;
import dev.futures.pool.WorkItem;
import dev.futures.serial.Culprit;
import dev.futures.serial.Failure;
import dev.futures.serial.Parcel;
import dev.futures.serial.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Makes bytes of tasks, which may run code of the task's own.
 */
record TaskEncoder(Payloads payloads) {

    <T extends @Nullable Object> Parcel encode(WorkItem<T> item) {
        Task<T> task = item.task();
        if (task == null) {
            // its future has ended: it will not be sent
            return Parcel.EMPTY;
        }
        try {
            return this.payloads.packTask(task);
        }
        catch (Throwable ex) {
            throw new TaskSerializationException("task '" + item.name() + "' could not be sent to a worker process: "
                    + Failure.describe(ex) + Culprit.describe(task, ex, this.payloads), ex);
        }
    }

}
