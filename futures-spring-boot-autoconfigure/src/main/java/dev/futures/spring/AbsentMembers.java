// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Warns of beans that a worker process will not have and whose absence nobody would
 * notice there: a dependency of its own that is missing fails, but one of many does not.
 */
final class AbsentMembers {

    private static final Log logger = LogFactory.getLog(SubmitAsync.class);

    private final ConfigurableListableBeanFactory beans;

    private final Set<String> said = ConcurrentHashMap.newKeySet();

    AbsentMembers(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Logs a warning, once for each bean.
     * @param pool the process pool
     * @param present the names of the beans that its workers have
     */
    void warn(String pool, Set<String> present) {
        for (String name : present) {
            Class<?> type = this.beans.containsBean(name) ? this.beans.getType(name, false) : null;
            if (type == null) {
                continue;
            }
            for (String dependency : this.beans.getDependenciesForBean(name)) {
                Class<?> member = this.beans.containsBean(dependency) ? this.beans.getType(dependency, false) : null;
                if (member != null && !present.contains(dependency)
                        && isOneOfMany(ClassUtils.getUserClass(type), member)
                        && this.said.add(pool + ' ' + name + ' ' + dependency)) {
                    logger.warn("workers of process pool '" + pool + "' will not have the bean '" + dependency
                            + "', which '" + name + "' gets as one of several or optionally: only components and "
                            + "configuration properties without advice are made there; to have it, declare it in "
                            + "configuration classes, and name them in the property 'futures.process-pools." + pool
                            + ".worker.configuration-classes'");
                }
            }
        }
    }

    /** Whether a class has a place for several, or for what need not be there. */
    private static boolean isOneOfMany(Class<?> type, Class<?> member) {
        Stream<ResolvableType> fields = Arrays.stream(type.getDeclaredFields()).map(ResolvableType::forField);
        Stream<ResolvableType> parameters = Arrays.stream(type.getDeclaredConstructors())
            .flatMap(AbsentMembers::parameters);
        return Stream.concat(fields, parameters)
            .map(AbsentMembers::element)
            .map(ResolvableType::resolve)
            .anyMatch((each) -> each != null && each != Object.class && each.isAssignableFrom(member));
    }

    private static Stream<ResolvableType> parameters(Constructor<?> constructor) {
        return IntStream.range(0, constructor.getParameterCount())
            .mapToObj((index) -> ResolvableType.forConstructorParameter(constructor, index));
    }

    private static ResolvableType element(ResolvableType type) {
        if (type.isArray()) {
            return type.getComponentType();
        }
        Class<?> raw = type.toClass();
        if (Map.class.isAssignableFrom(raw)) {
            return type.asMap().getGeneric(1);
        }
        return Stream.of(Collection.class, Optional.class)
            .filter((each) -> each.isAssignableFrom(raw))
            .findFirst()
            .map((each) -> type.as(each).getGeneric())
            .orElse(ResolvableType.NONE);
    }

}
