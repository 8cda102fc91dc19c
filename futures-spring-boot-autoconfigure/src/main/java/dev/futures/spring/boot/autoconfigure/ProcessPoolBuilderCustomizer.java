// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import dev.futures.process.ProcessPoolBuilder;

/**
 * Beans of this type change the builder of each process pool that is made from
 * properties, after these have been applied, in their
 * {@link org.springframework.core.annotation.Order order}. They set what cannot be
 * written as a property. An initializer that is set here runs in each process after that
 * of the pool, which starts the process's application context if it is to have one.
 * <p>
 * Called in the thread that makes the bean of the pool. An exception ends the start of
 * the application.
 */
@FunctionalInterface
public interface ProcessPoolBuilderCustomizer {

    /**
     * Changes a builder.
     * @param poolName the name of the pool, which is that of its bean
     * @param builder the builder
     */
    void customize(String poolName, ProcessPoolBuilder builder);

}
