// SPDX-License-Identifier: Apache-2.0

/**
 * Measurements of thread pools and of futures.
 */
@NullMarked
package dev.futures.benchmarks.threads;

import org.jspecify.annotations.NullMarked;
