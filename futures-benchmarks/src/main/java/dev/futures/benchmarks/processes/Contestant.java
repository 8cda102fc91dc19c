// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

/**
 * One of those that do the same work, ready to do it.
 */
interface Contestant extends AutoCloseable {

    /** Does the work of one invocation; the result is for JMH to consume. */
    Object run() throws Exception;

    @Override
    void close() throws Exception;

}
