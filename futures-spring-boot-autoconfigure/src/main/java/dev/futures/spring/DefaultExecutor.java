// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.futures.Executor;
import dev.futures.thread.ThreadPoolExecutor;

import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Chooses the thread pool of methods that name no executor as Spring chooses a bean to
 * inject, but by definitions alone: at start-up, no pool is to be made before its time.
 */
final class DefaultExecutor {

    private DefaultExecutor() {
    }

    /**
     * Returns the bean name of the pool.
     * @throws InvalidSubmitAsyncException if there is not exactly one to choose
     */
    static String name(String where, ListableBeanFactory beans) {
        List<String> all = threadPools(beans);
        if (all.isEmpty() && beans instanceof HierarchicalBeanFactory child
                && child.getParentBeanFactory() instanceof ListableBeanFactory parent) {
            return name(where, parent);
        }
        List<String> candidates = choose(all, beans);
        if (candidates.size() != 1) {
            throw new InvalidSubmitAsyncException(where + " names no executor, and there is not exactly one thread "
                    + "pool to choose, but " + candidates, "Name the executor, as in @SubmitAsync(\"reports\").");
        }
        return candidates.get(0);
    }

    /** In tests something else may stand in for one, and its definition says so. */
    private static List<String> threadPools(ListableBeanFactory beans) {
        Stream<String> standIns = Arrays.stream(beans.getBeanNamesForType(Executor.class, true, false))
            .filter((name) -> definition(name, beans).hasAttribute(ThreadPoolExecutor.class.getName()));
        return Stream.concat(Arrays.stream(beans.getBeanNamesForType(ThreadPoolExecutor.class, true, false)), standIns)
            .toList();
    }

    private static List<String> choose(List<String> all, ListableBeanFactory beans) {
        List<String> candidates = prefer(all, beans, BeanDefinition::isAutowireCandidate);
        List<String> primary = filter(candidates, beans, BeanDefinition::isPrimary);
        if (!primary.isEmpty()) {
            return primary;
        }
        List<String> regular = prefer(candidates, beans, (definition) -> !definition.isFallback());
        return prefer(regular, beans,
                (definition) -> !(definition instanceof AbstractBeanDefinition known) || known.isDefaultCandidate());
    }

    /** Those that pass, or all if none does. */
    private static List<String> prefer(List<String> names, ListableBeanFactory beans,
            Predicate<BeanDefinition> condition) {
        List<String> preferred = filter(names, beans, condition);
        return preferred.isEmpty() ? names : preferred;
    }

    private static List<String> filter(List<String> names, ListableBeanFactory beans,
            Predicate<BeanDefinition> condition) {
        return names.stream().filter((name) -> condition.test(definition(name, beans))).toList();
    }

    /** A singleton that was registered as an object is like any other bean. */
    private static BeanDefinition definition(String name, ListableBeanFactory beans) {
        return (beans instanceof ConfigurableListableBeanFactory factory && factory.containsBeanDefinition(name))
                ? factory.getMergedBeanDefinition(name) : new RootBeanDefinition();
    }

}
