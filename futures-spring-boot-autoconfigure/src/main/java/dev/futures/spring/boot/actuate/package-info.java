// SPDX-License-Identifier: Apache-2.0

/**
 * The actuator endpoint that shows every pool and every worker, and steers them.
 */
@NullMarked
package dev.futures.spring.boot.actuate;

import org.jspecify.annotations.NullMarked;
