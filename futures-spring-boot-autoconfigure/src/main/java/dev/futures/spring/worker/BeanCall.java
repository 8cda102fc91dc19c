// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.futures.Task;
import dev.futures.serial.Culprit;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A call of a bean's method, on its way to a worker process. Classes travel by name and
 * are looked up there. It brings the names of what the bean needs, since the process may
 * have been started before anybody knew, or by the context of another bean factory.
 */
@SuppressWarnings({ "serial", "ArrayRecordComponent" })
public record BeanCall(String beanClass, String method, List<String> parameterTypes, Map<String, String> components,
        @Nullable Object[] arguments) implements Task<@Nullable Object>, Serializable, Culprit.Composite {

    /**
     * Describes a call.
     * @param beanClass the class of the bean
     * @param method the method
     * @param components the names of the classes of the bean, and of what it needs, by
     * bean name
     * @param arguments the arguments, which have to be serializable
     * @return the call
     */
    public static BeanCall of(Class<?> beanClass, Method method, Map<String, String> components,
            @Nullable Object[] arguments) {
        List<String> types = Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
        return new BeanCall(beanClass.getName(), method.getName(), types, components, arguments);
    }

    @Override
    public Map<String, @Nullable Object> parts() {
        Method declared = declared(Thread.currentThread().getContextClassLoader());
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        for (int i = 0; i < this.arguments.length; i++) {
            Parameter parameter = (declared != null) ? declared.getParameters()[i] : null;
            String name = (parameter != null && parameter.isNamePresent()) ? " " + parameter.getName() : "";
            parts.put("argument " + (i + 1) + " (" + ClassUtils.getShortName(this.parameterTypes.get(i)) + name
                    + ") of " + ClassUtils.getShortName(this.beanClass) + "." + this.method, this.arguments[i]);
        }
        return parts;
    }

    private @Nullable Method declared(@Nullable ClassLoader loader) {
        try {
            return method(loader);
        }
        catch (ClassNotFoundException | NoSuchMethodException | LinkageError ex) {
            return null;
        }
    }

    private Method method(@Nullable ClassLoader loader) throws ClassNotFoundException, NoSuchMethodException {
        Class<?>[] types = new Class<?>[this.parameterTypes.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = ClassUtils.forName(this.parameterTypes.get(i), loader);
        }
        Method target = ReflectionUtils.findMethod(ClassUtils.forName(this.beanClass, loader), this.method, types);
        if (target == null) {
            throw new NoSuchMethodException(this.beanClass + "." + this.method + this.parameterTypes);
        }
        return target;
    }

    @Override
    public @Nullable Object call() throws Exception {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Class<?> type = ClassUtils.forName(this.beanClass, loader);
        Method target = method(loader);
        ReflectionUtils.makeAccessible(target);
        try {
            // the process has nothing else to do meanwhile
            return MethodResult
                .of(MethodResult.started(target.invoke(WorkerContext.bean(type, this.components), this.arguments)));
        }
        catch (InvocationTargetException ex) {
            ReflectionUtils.rethrowException(ex.getTargetException());
            throw ex;
        }
    }

}
