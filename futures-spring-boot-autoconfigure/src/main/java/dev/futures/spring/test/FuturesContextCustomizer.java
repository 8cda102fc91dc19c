// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.test;

import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Makes the pools of a context as {@link AutoConfigureFutures} says. A record, since it
 * is part of the key under which the context is cached.
 */
record FuturesContextCustomizer(AutoConfigureFutures.Mode mode) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
        boolean inline = this.mode == AutoConfigureFutures.Mode.INLINE;
        context.getEnvironment()
            .getPropertySources()
            .addFirst(new MapPropertySource("futuresTest", Map.of("futures.inline", inline)));
        if (this.mode == AutoConfigureFutures.Mode.MANUAL) {
            context.addBeanFactoryPostProcessor(new ManualPools());
        }
    }

}
