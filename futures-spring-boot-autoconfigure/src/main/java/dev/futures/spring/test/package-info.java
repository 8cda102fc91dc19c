// SPDX-License-Identifier: Apache-2.0

/**
 * For tests of Spring applications: {@link dev.futures.spring.test.AutoConfigureFutures}.
 */
@NullMarked
package dev.futures.spring.test;

import org.jspecify.annotations.NullMarked;
