// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Lambdas that capture nothing: all objects of such a class are the same, and so are
 * their bytes, so each class is written once.
 */
final class Stateless {

    /**
     * The bytes, once there are any; nothing at all for other classes. Values are of the
     * JDK's own classes: they stay as long as the class that they belong to, which may be
     * one of the JDK, and must not keep this library as long.
     */
    private static final ClassValue<@Nullable AtomicReference<@Nullable ByteBuffer>> STREAMS = new ClassValue<>() {

        @Override
        protected @Nullable AtomicReference<@Nullable ByteBuffer> computeValue(Class<?> type) {
            return isStateless(type) ? new AtomicReference<>() : null;
        }

    };

    private Stateless() {
    }

    /** Other hidden classes may keep what they have captured elsewhere. */
    private static boolean isStateless(Class<?> type) {
        return type.isSynthetic() && type.getName().contains("$$Lambda") && type.getSuperclass() == Object.class
                && Arrays.stream(type.getDeclaredFields()).allMatch((field) -> Modifier.isStatic(field.getModifiers()));
    }

    static boolean is(Object object) {
        Class<?> type = object.getClass();
        return type.isHidden() && STREAMS.get(type) != null;
    }

    /** Returns its bytes, to be read from position to limit of a duplicate. */
    static ByteBuffer streamOf(Object object, Payloads payloads) throws IOException {
        AtomicReference<@Nullable ByteBuffer> known = Objects.requireNonNull(STREAMS.get(object.getClass()));
        ByteBuffer stream = known.get();
        if (stream == null) {
            // the same each time, whoever is first
            stream = ByteBuffer.wrap(payloads.encode(object));
            known.set(stream);
        }
        return stream;
    }

}
