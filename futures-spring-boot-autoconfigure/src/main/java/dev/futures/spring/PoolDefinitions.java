// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import org.springframework.beans.factory.config.BeanDefinition;

/**
 * Tells the pools that are made from properties from those that an application declares
 * itself. For the other packages of this module.
 */
public final class PoolDefinitions {

    /** The description of their bean definitions, by which they are told. */
    public static final String DESCRIPTION = "pool made from futures.* properties";

    private PoolDefinitions() {
    }

    /**
     * Returns whether a bean is a pool that is made from properties, with or without any.
     * @param definition the definition of the bean
     * @return {@code true} if so
     */
    public static boolean isFromProperties(BeanDefinition definition) {
        return DESCRIPTION.equals(definition.getDescription());
    }

}
