// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Map;

import dev.futures.PoolListener;
import dev.futures.process.ProcessPoolBuilder;
import dev.futures.spring.SubmitAsyncBeanPostProcessor;
import dev.futures.thread.ThreadPoolExecutor;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/**
 * What builders are told by properties, without an application context.
 */
final class PropertyBinding {

    private final MockEnvironment environment = new MockEnvironment();

    PropertyBinding(Map<String, String> properties) {
        properties.forEach(this.environment::setProperty);
    }

    FuturesProperties properties() {
        return Binder.get(this.environment).bindOrCreate("futures", FuturesProperties.class);
    }

    ThreadPoolExecutor.Builder threadPool(String name) {
        return factory().threadPoolBuilder(name, new PropertyApplier("thread-pools", name, this.environment));
    }

    ProcessPoolBuilder processPool(String name) {
        return factory().processPoolBuilder(name, new PropertyApplier("process-pools", name, this.environment));
    }

    private PoolFactory factory() {
        DefaultListableBeanFactory none = new DefaultListableBeanFactory();
        return new PoolFactory(properties(), this.environment, none.getBeanProvider(ThreadPoolBuilderCustomizer.class),
                none.getBeanProvider(ProcessPoolBuilderCustomizer.class), none.getBeanProvider(PoolContext.class),
                none.getBeanProvider(PoolListener.class), new SubmitAsyncBeanPostProcessor(), (pool) -> {
                });
    }

}
