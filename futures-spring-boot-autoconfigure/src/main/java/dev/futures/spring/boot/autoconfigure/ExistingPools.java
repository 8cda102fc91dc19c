// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.futures.pool.PoolExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The pools of a context that have been made. Whoever only looks after pools must not
 * make one: lazy ones and prototypes are left alone, and so are those of a parent
 * context, which outlive this one.
 */
final class ExistingPools implements Supplier<List<PoolExecutor>> {

    private final ConfigurableListableBeanFactory beans;

    ExistingPools(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Returns those of this context and then those of its parents, to be looked at. */
    static List<PoolExecutor> includingAncestors(ConfigurableListableBeanFactory beans) {
        List<PoolExecutor> pools = new ArrayList<>();
        @Nullable BeanFactory next = beans;
        while (next instanceof ConfigurableListableBeanFactory current) {
            pools.addAll(new ExistingPools(current).get());
            next = current.getParentBeanFactory();
        }
        return pools;
    }

    /** Returns those of this context alone, as those of a parent outlive it. */
    @Override
    public List<PoolExecutor> get() {
        List<PoolExecutor> pools = new ArrayList<>();
        for (String name : this.beans.getBeanNamesForType(PoolExecutor.class, false, false)) {
            if (this.beans.containsSingleton(name)) {
                pools.add(this.beans.getBean(name, PoolExecutor.class));
            }
        }
        return pools;
    }

}
