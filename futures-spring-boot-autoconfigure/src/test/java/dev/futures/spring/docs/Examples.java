// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Applications of the examples.
 */
final class Examples {

    private Examples() {
    }

    /**
     * Returns a runner of an application with one of the documented configuration files.
     */
    static ApplicationContextRunner runner(String file) {
        return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withPropertyValues("spring.config.location=classpath:dev/futures/spring/docs/" + file);
    }

}
