// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;

import dev.futures.Task;
import org.jspecify.annotations.Nullable;

/**
 * Takes records of this library apart and puts them together again, as the JDK does when
 * it serializes one.
 */
final class OwnRecord {

    /** Whose records are around what a user has submitted. */
    static final Set<String> PACKAGES = Set.of("dev.futures", "dev.futures.pool");

    private static final ClassValue<OwnRecord> KNOWN = new ClassValue<>() {

        @Override
        protected OwnRecord computeValue(Class<?> type) {
            try {
                return new OwnRecord(type);
            }
            catch (IllegalAccessException | NoSuchMethodException ex) {
                throw new IllegalStateException("no access to " + type, ex);
            }
        }

    };

    private final MethodHandle[] accessors;

    private final MethodHandle constructor;

    private OwnRecord(Class<?> type) throws IllegalAccessException, NoSuchMethodException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        this.accessors = new MethodHandle[components.length];
        for (int i = 0; i < components.length; i++) {
            Method accessor = accessible(components[i].getAccessor());
            this.accessors[i] = lookup.unreflect(accessor).asType(MethodType.methodType(Object.class, Object.class));
        }
        Constructor<?> canonical = accessible(type.getDeclaredConstructor(types));
        this.constructor = lookup.unreflectConstructor(canonical)
            .asSpreader(Object[].class, components.length)
            .asType(MethodType.methodType(Object.class, Object[].class));
    }

    private static <T extends AccessibleObject> T accessible(T member) {
        member.setAccessible(true);
        return member;
    }

    /**
     * Returns the shape of tasks of a class, or {@code null} if it is not one of ours.
     */
    static @Nullable OwnRecord of(Class<?> type) {
        boolean own = type.isRecord() && Task.class.isAssignableFrom(type) && PACKAGES.contains(type.getPackageName());
        return own ? KNOWN.get(type) : null;
    }

    int size() {
        return this.accessors.length;
    }

    @Nullable Object get(Object object, int index) {
        try {
            return (Object) this.accessors[index].invokeExact(object);
        }
        catch (Throwable ex) {
            throw new IllegalStateException("a record does not say what it consists of", ex);
        }
    }

    Object create(@Nullable Object[] components) {
        try {
            return (Object) this.constructor.invokeExact(components);
        }
        catch (Throwable ex) {
            throw new IllegalStateException("a record cannot be put together", ex);
        }
    }

}
