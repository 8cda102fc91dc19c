// SPDX-License-Identifier: Apache-2.0

/**
 * Measurements of the Spring integration.
 */
@NullMarked
package dev.futures.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
