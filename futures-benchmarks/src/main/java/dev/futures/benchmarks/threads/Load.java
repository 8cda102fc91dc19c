// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.threads;

import org.jspecify.annotations.Nullable;

/**
 * What a benchmark has done again and again, by Java or by Python.
 */
interface Load extends AutoCloseable {

    /**
     * Does all of it once.
     * @return something that was computed at the end
     * @throws Exception if it cannot be done
     */
    @Nullable Object run() throws Exception;

}
