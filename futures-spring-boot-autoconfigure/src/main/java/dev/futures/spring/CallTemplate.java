// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ExpressionException;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.common.TemplateParserContext;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * An attribute of {@link SubmitAsync} whose placeholders are resolved: a text that is
 * fixed, or one with expressions for each call.
 */
final class CallTemplate {

    private static final SpelExpressionParser PARSER = new SpelExpressionParser();

    private static final DefaultParameterNameDiscoverer PARAMETER_NAMES = new DefaultParameterNameDiscoverer();

    private final String text;

    private final @Nullable Expression expression;

    private CallTemplate(String text, @Nullable Expression expression) {
        this.text = text;
        this.expression = expression;
    }

    /**
     * Parses the text.
     * @param what the method and the attribute, for messages
     * @throws InvalidSubmitAsyncException if its expressions are none, or name a
     * parameter that the method does not have
     */
    static CallTemplate parse(String what, String text, Method method) {
        if (!text.contains("#{")) {
            return new CallTemplate(text, null);
        }
        try {
            Expression expression = PARSER.parseExpression(text, new TemplateParserContext());
            requireVariables(what, text, expression, method);
            return new CallTemplate(text, expression);
        }
        catch (ExpressionException ex) {
            throw new InvalidSubmitAsyncException(what + " '" + text + "' is not a template: " + ex.getMessage(),
                    "Write it like \"render #{#document.name}\", where document is a parameter.");
        }
    }

    private static void requireVariables(String what, String text, Expression expression, Method method) {
        if (expression instanceof CompositeStringExpression composite) {
            for (Expression part : composite.getExpressions()) {
                requireVariables(what, text, part, method);
            }
        }
        else if (expression instanceof SpelExpression spel) {
            Set<String> known = variables(method);
            Set<String> used = new HashSet<>();
            collectVariables(spel.getAST(), used);
            used.removeAll(known);
            if (!used.isEmpty()) {
                String unknown = used.iterator().next();
                String nearest = NearestName.of(unknown, known);
                throw new InvalidSubmitAsyncException(
                        what + " '" + text + "' has '#" + unknown + "', but the method has no such parameter",
                        (nearest != null) ? "Did you mean '#" + nearest + "'?"
                                : "Name a parameter, or its place as #p0; names are known of code that is compiled "
                                        + "with -parameters.");
            }
        }
    }

    private static Set<String> variables(Method method) {
        Set<String> known = new HashSet<>(Set.of("root", "this"));
        @Nullable String[] names = PARAMETER_NAMES.getParameterNames(method);
        for (int i = 0; i < method.getParameterCount(); i++) {
            known.add("p" + i);
            known.add("a" + i);
            String name = (names != null) ? names[i] : null;
            if (name != null) {
                known.add(name);
            }
        }
        return known;
    }

    private static void collectVariables(SpelNode node, Set<String> names) {
        if (node instanceof VariableReference) {
            names.add(node.toStringAST().substring(1));
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            collectVariables(node.getChild(i), names);
        }
    }

    /** Returns what the expressions of a call see. */
    static EvaluationContext context(Method method, Class<?> targetClass, Object target, @Nullable Object[] arguments,
            BeanResolver beans) {
        MethodBasedEvaluationContext context = new MethodBasedEvaluationContext(
                new Call(target, targetClass, method, arguments), method, arguments, PARAMETER_NAMES);
        context.setBeanResolver(beans);
        return context;
    }

    /** Returns the text, with its expressions if it has any. */
    String text() {
        return this.text;
    }

    boolean isFixed() {
        return this.expression == null;
    }

    /**
     * Returns what the text is in a call.
     * @throws ExpressionException if an expression fails
     */
    @Nullable Object value(EvaluationContext context) {
        return (this.expression != null) ? this.expression.getValue(context) : this.text;
    }

    /**
     * What {@code #root} is.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Call(Object target, Class<?> targetClass, Method method, @Nullable Object[] args) {

        public String methodName() {
            return this.method.getName();
        }

    }

}
