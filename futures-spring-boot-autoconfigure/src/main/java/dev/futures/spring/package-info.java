// SPDX-License-Identifier: Apache-2.0

/**
 * {@link dev.futures.spring.SubmitAsync}: methods of Spring beans whose calls are tasks.
 * {@link dev.futures.spring.SubmitAsyncBeanPostProcessor} checks them at start-up and
 * proxies their beans; the interceptor behind it makes a task of each call, which runs
 * here or travels to {@code dev.futures.spring.worker}.
 */
@NullMarked
package dev.futures.spring;

import org.jspecify.annotations.NullMarked;
