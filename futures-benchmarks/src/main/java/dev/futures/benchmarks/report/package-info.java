// SPDX-License-Identifier: Apache-2.0

/**
 * Runs the measurements that the project promises something about, and writes down how
 * they end. {@code Rows} says what is promised, {@code Rounds} measures it,
 * {@code Report} makes a document of it and {@code Smoke} only sees that it works.
 */
@NullMarked
package dev.futures.benchmarks.report;

import org.jspecify.annotations.NullMarked;
