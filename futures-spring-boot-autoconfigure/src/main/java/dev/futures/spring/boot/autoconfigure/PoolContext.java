// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import dev.futures.ContextCapture;

/**
 * What tasks of pools that are made from properties get of their submitter's context,
 * unless a customizer says something else.
 *
 * @param threads for tasks in threads
 * @param processes for tasks in processes
 */
record PoolContext(ContextCapture threads, ContextCapture processes) {

}
