// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import dev.futures.thread.ThreadPoolExecutor;

/**
 * Beans of this type change the builder of each thread pool that is made from properties,
 * after these have been applied, in their
 * {@link org.springframework.core.annotation.Order order}. They set what cannot be
 * written as a property.
 * <p>
 * Called in the thread that makes the bean of the pool. An exception ends the start of
 * the application.
 */
@FunctionalInterface
public interface ThreadPoolBuilderCustomizer {

    /**
     * Changes a builder.
     * @param poolName the name of the pool, which is that of its bean
     * @param builder the builder
     */
    void customize(String poolName, ThreadPoolExecutor.Builder builder);

}
