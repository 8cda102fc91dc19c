// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.TaskOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.expression.Expression;
import org.springframework.expression.ExpressionException;
import org.springframework.expression.common.TemplateParserContext;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

/**
 * One {@link SubmitAsync} method with everything about it that does not depend on the
 * arguments, checked.
 */
final class SubmitAsyncMethod {

    private static final Set<Class<?>> RETURN_TYPES = Set.of(Future.class, java.util.concurrent.Future.class,
            CompletionStage.class, CompletableFuture.class, void.class);

    private static final SpelExpressionParser PARSER = new SpelExpressionParser();

    private static final DefaultParameterNameDiscoverer PARAMETER_NAMES = new DefaultParameterNameDiscoverer();

    private final Method method;

    private final Executor executor;

    private final TaskOptions options;

    private final @Nullable Expression name;

    private SubmitAsyncMethod(Method method, Executor executor, TaskOptions options, @Nullable Expression name) {
        this.method = method;
        this.executor = executor;
        this.options = options;
        this.name = name;
    }

    /**
     * Checks what the compiler cannot.
     * @throws InvalidSubmitAsyncException if a call of the method could not be submitted
     */
    static void check(Method method, Class<?> targetClass, SubmitAsync annotation, ListableBeanFactory beans,
            StringValueResolver placeholders) {
        String where = "@SubmitAsync method " + describe(method, targetClass);
        if (!RETURN_TYPES.contains(method.getReturnType())) {
            throw new InvalidSubmitAsyncException(where + " returns " + method.getReturnType().getName(),
                    "Return dev.futures.Future, java.util.concurrent.Future, CompletionStage, CompletableFuture or "
                            + "void. The body returns its result with Futures.completed(...).");
        }
        requireOverridable(where, method, targetClass);
        requireExecutor(where, annotation, beans, placeholders);
        duration(where, "timeLimit", annotation.timeLimit(), placeholders);
        duration(where, "queueTimeLimit", annotation.queueTimeLimit(), placeholders);
        expression(where, annotation.name());
    }

    private static void requireOverridable(String where, Method method, Class<?> targetClass) {
        // a dynamic proxy, such as an HTTP client, is proxied by its interfaces
        boolean isFinal = Modifier.isFinal(method.getModifiers()) && !Proxy.isProxyClass(targetClass);
        if (isFinal || Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            throw new InvalidSubmitAsyncException(
                    where + " is private, static or final, so its calls cannot be intercepted",
                    "Make it a public method that can be overridden.");
        }
    }

    private static void requireExecutor(String where, SubmitAsync annotation, ListableBeanFactory beans,
            StringValueResolver placeholders) {
        String name = executorName(annotation, placeholders);
        if (name.isEmpty()) {
            DefaultExecutor.name(where, beans);
            return;
        }
        String[] known = beans.getBeanNamesForType(Executor.class, false, false);
        if (!beans.containsBean(name) || !beans.isTypeMatch(name, Executor.class)) {
            throw new InvalidSubmitAsyncException(
                    where + " names the executor '" + name + "', but there is no dev.futures.Executor of that name",
                    "Use one of " + Arrays.toString(known) + ", or configure a pool with the property futures."
                            + "thread-pools." + name + ".max-workers or futures.process-pools." + name
                            + ".max-workers.");
        }
    }

    /** Returns the name of the executor, empty for the default. */
    static String executorName(SubmitAsync annotation, StringValueResolver placeholders) {
        return resolve(annotation.executor(), placeholders);
    }

    /** Resolves a method at its first call. */
    static SubmitAsyncMethod resolve(Method method, Class<?> targetClass, SubmitAsync annotation,
            ListableBeanFactory beans, StringValueResolver placeholders) {
        String where = describe(method, targetClass);
        Expression name = expression(where, annotation.name());
        TaskOptions options = TaskOptions.none()
            .withName((name != null) ? null : where)
            .withTimeLimit(duration(where, "timeLimit", annotation.timeLimit(), placeholders))
            .withQueueTimeLimit(duration(where, "queueTimeLimit", annotation.queueTimeLimit(), placeholders));
        return new SubmitAsyncMethod(method, executor(where, executorName(annotation, placeholders), beans), options,
                name);
    }

    private static Executor executor(String where, String name, ListableBeanFactory beans) {
        String chosen = name.isEmpty() ? DefaultExecutor.name("@SubmitAsync method " + where, beans) : name;
        return beans.getBean(chosen, Executor.class);
    }

    private static @Nullable Duration duration(String where, String attribute, String value,
            StringValueResolver placeholders) {
        String text = resolve(value, placeholders);
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

    private static @Nullable Expression expression(String where, String template) {
        if (template.isEmpty()) {
            return null;
        }
        try {
            return PARSER.parseExpression(template, new TemplateParserContext());
        }
        catch (ExpressionException ex) {
            throw new InvalidSubmitAsyncException(where + ": name '" + template + "' is not a template: " + ex,
                    "Write it like \"render #{#document.name}\", where document is a parameter.");
        }
    }

    private static String resolve(String value, StringValueResolver placeholders) {
        return StringUtils.hasText(value) ? String.valueOf(placeholders.resolveStringValue(value)).trim() : "";
    }

    static String describe(Method method, Class<?> targetClass) {
        return ClassUtils.getShortName(targetClass) + "." + method.getName();
    }

    Method method() {
        return this.method;
    }

    Executor executor() {
        return this.executor;
    }

    boolean returnsNothing() {
        return this.method.getReturnType() == void.class;
    }

    /**
     * Returns the options of one call; a name that cannot be computed is no reason to
     * fail, and it calls what users wrote.
     */
    TaskOptions options(Object target, @Nullable Object[] arguments) {
        if (this.name == null) {
            return this.options;
        }
        try {
            MethodBasedEvaluationContext context = new MethodBasedEvaluationContext(target, this.method, arguments,
                    PARAMETER_NAMES);
            return this.options.withName(this.name.getValue(context, String.class));
        }
        catch (RuntimeException ex) {
            return this.options.withName(this.name.getExpressionString());
        }
    }

}
