// SPDX-License-Identifier: Apache-2.0

/**
 * Observations of tasks, for applications that have Micrometer: what a span of a task is
 * called and what it says.
 */
@NullMarked
package dev.futures.spring.observation;

import org.jspecify.annotations.NullMarked;
