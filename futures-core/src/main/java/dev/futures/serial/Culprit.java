// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds out, after the serialization of a task has failed, which part of it was to blame.
 * For authors of executors only.
 */
public final class Culprit {

    /** Lambdas and records inside of others that are looked into. */
    private static final int MAX_DEPTH = 5;

    /** What messages call some components of those. */
    private static final Map<String, String> NAMES = Map.of("context", "the context of whoever submitted it", "first",
            "the first input of a pair", "second", "the second input of a pair");

    private Culprit() {
    }

    /**
     * Something that knows better than its class what it consists of.
     */
    public interface Composite {

        /**
         * Returns the parts that may be unable to travel.
         * @return the parts, by what messages call them
         */
        Map<String, @Nullable Object> parts();

    }

    /**
     * Returns which part of an object cannot be serialized, to be appended to a message.
     * Serializes its parts again, one by one.
     * @param object the object that could not be serialized
     * @param thrown why
     * @param payloads what was to do it
     * @return a text that says so, or an empty one if it cannot be found out
     */
    public static String describe(@Nullable Object object, Throwable thrown, Payloads payloads) {
        // trying again is no good if there was too much of it
        if (!(thrown instanceof Exception) || thrown instanceof Payloads.PayloadTooLargeException) {
            return "";
        }
        try {
            String part = find(object, payloads, MAX_DEPTH);
            return (part != null) ? "; what cannot travel is " + part : "";
        }
        catch (Throwable ex) {
            // that it failed is more important than where
            return "";
        }
    }

    private static @Nullable String find(@Nullable Object object, Payloads payloads, int depth)
            throws ReflectiveOperationException {
        if (object == null || depth == 0) {
            return null;
        }
        for (Map.Entry<String, @Nullable Object> part : parts(object).entrySet()) {
            Object value = part.getValue();
            if (value != null && !travels(value, payloads)) {
                String name = part.getKey();
                String inside = find(value, payloads, depth - 1);
                if (inside == null) {
                    return name.isEmpty() ? null : name + ", of class " + value.getClass().getTypeName();
                }
                return name.isEmpty() ? inside : inside + ", which is in " + name;
            }
        }
        return null;
    }

    private static boolean travels(Object value, Payloads payloads) {
        try {
            payloads.pack(value);
            return true;
        }
        catch (Payloads.PayloadTooLargeException ex) {
            return true;
        }
        catch (Exception ex) {
            return false;
        }
    }

    /** Returns the parts of an object; those with an empty name are not worth a word. */
    private static Map<String, @Nullable Object> parts(Object object) throws ReflectiveOperationException {
        if (object instanceof Composite composite) {
            return composite.parts();
        }
        Class<?> type = object.getClass();
        if (type.isHidden() && type.isSynthetic()) {
            return capturedByLambda(object);
        }
        if (type.isRecord() && OwnRecord.PACKAGES.contains(type.getPackageName())) {
            return components(object);
        }
        return capturedByClass(object);
    }

    /** The compiler does not keep the names of variables. */
    private static Map<String, @Nullable Object> capturedByLambda(Object object) throws ReflectiveOperationException {
        Method writeReplace = object.getClass().getDeclaredMethod("writeReplace");
        writeReplace.setAccessible(true);
        SerializedLambda lambda = (SerializedLambda) writeReplace.invoke(object);
        String where = lambda.getCapturingClass().replace('/', '.');
        boolean isReference = !lambda.getImplMethodName().startsWith("lambda$");
        boolean hasReceiver = lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic;
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            String name = "captured variable " + (hasReceiver ? i : i + 1) + " of the lambda in " + where;
            if (isReference) {
                name = "the object before '::" + lambda.getImplMethodName() + "' in " + where;
            }
            else if (hasReceiver && i == 0) {
                name = "'this', of which the lambda in " + where + " uses a field or a method";
            }
            parts.put(name, lambda.getCapturedArg(i));
        }
        return parts;
    }

    /** Those of an inner class are fields that the compiler has added. */
    private static Map<String, @Nullable Object> capturedByClass(Object object) throws ReflectiveOperationException {
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        for (Field field : object.getClass().getDeclaredFields()) {
            String name = field.getName();
            if (field.isSynthetic() && !Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                parts.put(name.startsWith("val$")
                        ? "captured variable '" + name.substring(4) + "' of " + object.getClass().getTypeName()
                        : "the object around " + object.getClass().getTypeName(), field.get(object));
            }
        }
        return parts;
    }

    private static Map<String, @Nullable Object> components(Object object) throws ReflectiveOperationException {
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        for (RecordComponent component : object.getClass().getRecordComponents()) {
            component.getAccessor().setAccessible(true);
            Object value = component.getAccessor().invoke(object);
            if (value instanceof List<?> inputs) {
                for (int i = 0; i < inputs.size(); i++) {
                    parts.put("input " + (i + 1) + " of " + inputs.size(), inputs.get(i));
                }
            }
            else {
                parts.put(NAMES.getOrDefault(component.getName(), ""), value);
            }
        }
        return parts;
    }

}
