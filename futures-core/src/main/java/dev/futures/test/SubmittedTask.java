// SPDX-License-Identifier: Apache-2.0

package dev.futures.test;

import dev.futures.Future;
import dev.futures.TaskOptions;

/**
 * A task that was submitted to a {@link ManualExecutor}.
 *
 * @param name what messages call the task
 * @param options how it is to be run
 * @param future its future
 */
public record SubmittedTask(String name, TaskOptions options, Future<?> future) {

}
