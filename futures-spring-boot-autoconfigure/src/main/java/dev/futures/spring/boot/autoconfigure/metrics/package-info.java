// SPDX-License-Identifier: Apache-2.0

/**
 * Meters of pools, for applications that have Micrometer. {@code executor.*} has the
 * names and the one tag of the JDK's executors, so that dashboards for these show pools
 * too; {@code futures.*} has what those names cannot say.
 */
@NullMarked
package dev.futures.spring.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
