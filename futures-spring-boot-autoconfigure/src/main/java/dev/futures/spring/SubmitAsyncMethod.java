// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;

import dev.futures.Executor;
import dev.futures.TaskOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.expression.EvaluationContext;
import org.springframework.util.ClassUtils;

/**
 * One {@link SubmitAsync} method with everything about it that does not depend on the
 * arguments.
 */
final class SubmitAsyncMethod {

    private final Method method;

    private final Class<?> targetClass;

    private final ReturnKind returnKind;

    private final CallTemplate executor;

    private final CallTemplate name;

    private final CallTemplate priority;

    private final TaskOptions options;

    // volatile: found at the first call, by whoever makes it
    private volatile @Nullable Executor fixedExecutor;

    private SubmitAsyncMethod(Method method, Class<?> targetClass, ReturnKind returnKind, CallTemplate executor,
            CallTemplate name, CallTemplate priority, TaskOptions options) {
        this.method = method;
        this.targetClass = targetClass;
        this.returnKind = returnKind;
        this.executor = executor;
        this.name = name;
        this.priority = priority;
        this.options = options;
    }

    /** Returns the annotation that is meant for a method, if there is one. */
    static @Nullable SubmitAsync find(Method method, Class<?> targetClass) {
        SubmitAsync onMethod = AnnotatedElementUtils.findMergedAnnotation(method, SubmitAsync.class);
        if (onMethod != null) {
            return onMethod;
        }
        boolean isMeant = Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())
                && ReturnKind.isAsynchronous(method);
        return isMeant ? AnnotatedElementUtils.findMergedAnnotation(targetClass, SubmitAsync.class) : null;
    }

    /**
     * Reads the attributes.
     * @throws InvalidSubmitAsyncException if one is wrong whatever the arguments are, or
     * the return type is
     */
    static SubmitAsyncMethod read(Method method, Class<?> targetClass, SubmitAsync annotation,
            ConfigurableListableBeanFactory beans) {
        String where = where(method, targetClass);
        ReturnKind returnKind = ReturnKind.of(method);
        if (returnKind == null) {
            throw new InvalidSubmitAsyncException(where + " returns " + method.getGenericReturnType().getTypeName(),
                    "Return " + ReturnKind.SUPPORTED + ". The body returns its result with Futures.completed(...).");
        }
        CallTemplate executor = template(where + ": executor", annotation.executor(), method, beans);
        CallTemplate name = template(where + ": name", annotation.name(), method, beans);
        CallTemplate priority = template(where + ": priority", annotation.priority(), method, beans);
        TaskOptions options = TaskOptions.none()
            .withName(!name.text().isEmpty() ? name.text() : describe(method, targetClass))
            .withPriority(priority.isFixed() ? priority(where, priority.text()) : null)
            .withTimeLimit(duration(where, "timeLimit", annotation.timeLimit(), beans))
            .withQueueTimeLimit(duration(where, "queueTimeLimit", annotation.queueTimeLimit(), beans));
        return new SubmitAsyncMethod(method, targetClass, returnKind, executor, name, priority, options);
    }

    private static CallTemplate template(String what, String value, Method method,
            ConfigurableListableBeanFactory beans) {
        return CallTemplate.parse(what, resolve(what, value, beans), method);
    }

    /** Only placeholders: the expressions are for each call. */
    private static String resolve(String what, String value, ConfigurableListableBeanFactory beans) {
        if (value.isBlank()) {
            return "";
        }
        try {
            return String.valueOf(beans.resolveEmbeddedValue(value)).trim();
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidSubmitAsyncException(what + " '" + value + "' has a placeholder without a value",
                    "Set the property, or give it a default as in ${reports.pool:reports}.");
        }
    }

    private static @Nullable Integer priority(String where, @Nullable Object value) {
        String text = String.valueOf(value).trim();
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Integer.valueOf(text);
        }
        catch (NumberFormatException ex) {
            throw new InvalidSubmitAsyncException(where + ": priority '" + text + "' is not a whole number",
                    "Write it like 10, -1 or #{#document.urgent ? 1 : 0}.");
        }
    }

    private static @Nullable Duration duration(String where, String attribute, String value,
            ConfigurableListableBeanFactory beans) {
        String text = resolve(where + ": " + attribute, value, beans);
        if (text.isEmpty()) {
            return null;
        }
        try {
            Duration duration = DurationStyle.detectAndParse(text);
            return TaskOptions.none().withTimeLimit(duration).timeLimit();
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidSubmitAsyncException(
                    where + ": " + attribute + " '" + text + "' is not a duration greater than 0",
                    "Write it like 500ms, 30s or PT2M.");
        }
    }

    static String describe(Method method, Class<?> targetClass) {
        return ClassUtils.getShortName(targetClass) + "." + method.getName();
    }

    /** Returns how messages begin. */
    static String where(Method method, Class<?> targetClass) {
        return "@SubmitAsync method " + describe(method, targetClass);
    }

    String where() {
        return where(this.method, this.targetClass);
    }

    Method method() {
        return this.method;
    }

    Class<?> targetClass() {
        return this.targetClass;
    }

    ReturnKind returnKind() {
        return this.returnKind;
    }

    /** Whether each call says where it runs. */
    boolean choosesExecutor() {
        return !this.executor.isFixed();
    }

    /** Returns the bean name of the executor, or nothing if each call chooses. */
    @Nullable String executorName(ConfigurableListableBeanFactory beans) {
        if (choosesExecutor()) {
            return null;
        }
        return this.executor.text().isEmpty() ? DefaultExecutor.name(where(), beans) : this.executor.text();
    }

    /** Whether a call has anything to evaluate. */
    boolean dependsOnCall() {
        return !(this.executor.isFixed() && this.name.isFixed() && this.priority.isFixed());
    }

    /**
     * Returns the executor of a call.
     * @param call what expressions see, if there are any
     * @throws RuntimeException if the expression fails or there is no such executor
     */
    Executor executor(@Nullable EvaluationContext call, ConfigurableListableBeanFactory beans) {
        NamedExecutors executors = new NamedExecutors(beans);
        if (call != null && choosesExecutor()) {
            Object chosen = this.executor.value(call);
            return (chosen instanceof Executor instance) ? instance
                    : executors.chosen(where(), this.executor.text(), chosen);
        }
        Executor known = this.fixedExecutor;
        if (known == null) {
            known = executors.get(where(), String.valueOf(executorName(beans)));
            this.fixedExecutor = known;
        }
        return known;
    }

    /**
     * Returns the options of a call. A name that cannot be computed is no reason to fail;
     * then the task is called what users wrote.
     * @param call what expressions see, if there are any
     * @throws RuntimeException if the priority cannot be computed
     */
    TaskOptions options(@Nullable EvaluationContext call) {
        if (call == null) {
            return this.options;
        }
        TaskOptions complete = this.priority.isFixed() ? this.options
                : this.options.withPriority(priority(where(), this.priority.value(call)));
        return this.name.isFixed() ? complete : complete.withName(name(call));
    }

    private String name(EvaluationContext call) {
        try {
            return String.valueOf(this.name.value(call));
        }
        catch (RuntimeException ex) {
            return this.name.text();
        }
    }

}
