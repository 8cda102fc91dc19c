// SPDX-License-Identifier: Apache-2.0

/**
 * Measures process pools and start-up, against other runtimes and against what a JVM
 * could do at best.
 */
@NullMarked
package dev.futures.benchmarks.processes;

import org.jspecify.annotations.NullMarked;
