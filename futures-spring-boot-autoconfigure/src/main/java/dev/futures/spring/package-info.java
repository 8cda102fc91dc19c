// SPDX-License-Identifier: Apache-2.0

/**
 * {@link dev.futures.spring.SubmitAsync}: methods of Spring beans whose calls are tasks.
 */
@NullMarked
package dev.futures.spring;

import org.jspecify.annotations.NullMarked;
