// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import dev.futures.BrokenExecutorException;
import org.jspecify.annotations.Nullable;

/**
 * What differs from one kind of pool to the other.
 */
interface Crew {

    Worker newWorker(Seat seat);

    BrokenExecutorException broken(String message, @Nullable Throwable cause);

}
