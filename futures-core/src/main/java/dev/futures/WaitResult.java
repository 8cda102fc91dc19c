// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.Set;

/**
 * What {@link Futures#wait(Iterable)} found: the given futures, each once, parted.
 *
 * @param <F> the type of the futures
 * @param done those that are finished or cancelled
 * @param notDone those that are pending or running
 */
public record WaitResult<F extends Future<?>>(Set<F> done, Set<F> notDone) {

}
