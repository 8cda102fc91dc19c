// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Lambdas that capture nothing: all objects of such a class are the same, and so are
 * their bytes, so each class is written once.
 */
final class Stateless {

    private static final ClassValue<Stateless> KNOWN = new ClassValue<>() {

        @Override
        protected Stateless computeValue(Class<?> type) {
            return new Stateless(type);
        }

    };

    private final boolean lambda;

    // volatile: written by whoever is first, always the same
    private volatile @Nullable ByteBuffer stream;

    private Stateless(Class<?> type) {
        // other hidden classes may keep what they have captured elsewhere
        this.lambda = type.isHidden() && type.isSynthetic() && type.getName().contains("$$Lambda")
                && type.getSuperclass() == Object.class
                && Arrays.stream(type.getDeclaredFields()).allMatch((field) -> Modifier.isStatic(field.getModifiers()));
    }

    static boolean is(Object object) {
        return KNOWN.get(object.getClass()).lambda;
    }

    /** Returns its bytes, to be read from position to limit of a duplicate. */
    static ByteBuffer streamOf(Object object, Payloads payloads) throws IOException {
        Stateless known = KNOWN.get(object.getClass());
        ByteBuffer stream = known.stream;
        if (stream == null) {
            stream = ByteBuffer.wrap(payloads.encode(object));
            known.stream = stream;
        }
        return stream;
    }

}
