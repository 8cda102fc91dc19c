// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Tells which classes have an annotation somewhere: on themselves, on a method, on what
 * they extend or implement, or on another annotation there. Nearly no bean has it, and
 * each is asked for, so every class, interface and type of annotation is looked at once.
 * A class that is not among these has no method that is annotated in Spring's sense, or
 * is one of Spring's own, which nobody has annotated. What such a class hands down to one
 * of an application counts there.
 */
final class AnnotatedClasses {

    private final Class<? extends Annotation> wanted;

    private final Map<Class<?>, Boolean> known = new ConcurrentHashMap<>();

    private final Map<Class<? extends Annotation>, Boolean> meaning = new ConcurrentHashMap<>();

    AnnotatedClasses(Class<? extends Annotation> wanted) {
        this.wanted = wanted;
    }

    boolean contains(@Nullable Class<?> type) {
        return type != null && !isOfSpring(type) && isKnown(type);
    }

    private boolean isKnown(@Nullable Class<?> type) {
        if (type == null || type == Object.class) {
            return false;
        }
        Boolean present = this.known.get(type);
        if (present == null) {
            present = isAnnotated(type);
            this.known.put(type, present);
        }
        return present;
    }

    /**
     * By the rule by which Spring looks for listeners of events, but that its samples are
     * applications.
     */
    private static boolean isOfSpring(Class<?> type) {
        String name = type.getName();
        return name.startsWith("org.springframework.") && !name.startsWith("org.springframework.samples.")
                && !AnnotatedElementUtils.isAnnotated(ClassUtils.getUserClass(type), Component.class);
    }

    private boolean isAnnotated(Class<?> type) {
        if (isKnown(type.getSuperclass())) {
            return true;
        }
        for (Class<?> each : type.getInterfaces()) {
            if (isKnown(each)) {
                return true;
            }
        }
        return AnnotationUtils.isCandidateClass(type, this.wanted) && (has(type) || hasMethod(type));
    }

    private boolean hasMethod(Class<?> type) {
        for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
            if (has(method)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(AnnotatedElement element) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            if (this.meaning.computeIfAbsent(annotation.annotationType(), this::means)) {
                return true;
            }
        }
        return false;
    }

    private boolean means(Class<? extends Annotation> annotation) {
        return annotation == this.wanted || AnnotatedElementUtils.isAnnotated(annotation, this.wanted);
    }

}
