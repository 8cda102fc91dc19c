// SPDX-License-Identifier: Apache-2.0

/**
 * Measurements, for whoever changes something that should be fast.
 */
@NullMarked
package dev.futures.benchmarks;

import org.jspecify.annotations.NullMarked;
