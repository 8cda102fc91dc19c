// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Serializable;
import java.io.Writer;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.channels.Channel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.BaseStream;

import org.springframework.core.ResolvableType;

/**
 * Finds arguments and results that can certainly not travel to a worker process. What may
 * have serializable subclasses may be one of those.
 */
final class TravellingTypes {

    private static final List<Class<?>> NEVER = List.of(InputStream.class, OutputStream.class, Reader.class,
            Writer.class, Channel.class, BaseStream.class, CompletionStage.class, Thread.class, ThreadLocal.class,
            ClassLoader.class, Process.class, Path.class, dev.futures.Executor.class,
            java.util.concurrent.Executor.class, Optional.class, OptionalInt.class, OptionalLong.class,
            OptionalDouble.class);

    private static final Set<String> NEVER_BY_NAME = Set.of("jakarta.servlet.ServletRequest",
            "jakarta.servlet.ServletResponse", "jakarta.servlet.http.HttpSession",
            "org.springframework.web.context.request.RequestAttributes", "java.sql.Connection", "java.sql.Statement",
            "java.sql.ResultSet", "org.reactivestreams.Publisher");

    private TravellingTypes() {
    }

    /**
     * Checks the types of a method.
     * @throws InvalidSubmitAsyncException if one of them cannot travel
     */
    static void check(String where, Method method, Class<?> targetClass) {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            Class<?> type = ResolvableType.forMethodParameter(method, i, targetClass).resolve(parameters[i].getType());
            if (!mayTravel(type)) {
                throw refusal(where + " takes " + type.getTypeName() + " as '" + parameters[i].getName() + "'");
            }
        }
        ResolvableType returned = ResolvableType.forMethodReturnType(method, targetClass);
        Class<?> result = returned.getGeneric(0).resolve();
        if (result != null && !mayTravel(result)) {
            throw refusal(where + " has a " + result.getTypeName() + " as its result");
        }
    }

    private static InvalidSubmitAsyncException refusal(String what) {
        return new InvalidSubmitAsyncException(what + ", which cannot travel to or from a worker process",
                "Pass a value that is java.io.Serializable, such as a record that implements it, a String, a File or "
                        + "a byte[]; or use a thread pool.");
    }

    private static boolean mayTravel(Class<?> type) {
        if (type.isArray()) {
            return mayTravel(type.getComponentType());
        }
        // of these, only null could
        if (type.isPrimitive() || type == Void.class) {
            return true;
        }
        return NEVER.stream().noneMatch((never) -> never.isAssignableFrom(type)) && !isNeverByName(type)
                && (Serializable.class.isAssignableFrom(type) || !Modifier.isFinal(type.getModifiers()));
    }

    private static boolean isNeverByName(Class<?> type) {
        Class<?> superclass = type.getSuperclass();
        return NEVER_BY_NAME.contains(type.getName())
                || Arrays.stream(type.getInterfaces()).anyMatch(TravellingTypes::isNeverByName)
                || (superclass != null && isNeverByName(superclass));
    }

}
