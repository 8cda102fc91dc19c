// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Has {@link AutoConfigureFutures} heeded.
 */
final class FuturesContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
            List<ContextConfigurationAttributes> configAttributes) {
        AutoConfigureFutures annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
                AutoConfigureFutures.class);
        return (annotation != null) ? new FuturesContextCustomizer(annotation.mode()) : null;
    }

}
