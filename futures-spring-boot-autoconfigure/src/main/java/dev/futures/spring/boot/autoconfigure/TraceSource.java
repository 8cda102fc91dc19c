// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The traces that tasks in processes join.
 *
 * @param current that of the calling thread as the fields of a propagator, or
 * {@code null} if it is in none
 */
record TraceSource(Supplier<@Nullable Map<String, String>> current) {

}
