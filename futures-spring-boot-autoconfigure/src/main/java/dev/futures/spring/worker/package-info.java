// SPDX-License-Identifier: Apache-2.0

/**
 * The Spring side of a worker process: the context that its beans live in. The parent
 * sends a {@code BeanCall}; the child finds the bean in its own context and calls the
 * method.
 */
@NullMarked
package dev.futures.spring.worker;

import org.jspecify.annotations.NullMarked;
