// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads one object with the classes of a given loader, and gives it back what was sent
 * beside the stream.
 */
final class PayloadInput extends ObjectInputStream {

    private static final Map<String, Class<?>> PRIMITIVES = Stream
        .of(boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class, double.class,
                void.class)
        .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    private static final String STAND_IN = StandIn.class.getName();

    private final @Nullable ClassLoader classLoader;

    private final @Nullable ClassLoader fallback;

    private final PayloadFilter filter;

    private final List<ByteBuffer> parts;

    private final boolean[] taken;

    PayloadInput(Parcel parcel, @Nullable ClassLoader classLoader, @Nullable ClassLoader fallback, PayloadFilter filter)
            throws IOException {
        super(input(parcel.stream()));
        this.classLoader = classLoader;
        this.fallback = fallback;
        this.filter = filter;
        this.parts = parcel.parts();
        this.taken = new boolean[this.parts.size()];
        setObjectInputFilter(filter);
        enableResolveObject(true);
    }

    private static ByteArrayInputStream input(ByteBuffer stream) {
        return stream.hasArray()
                ? new ByteArrayInputStream(stream.array(), stream.arrayOffset() + stream.position(), stream.remaining())
                : new ByteArrayInputStream(Parcel.copyOf(stream));
    }

    @Override
    protected Object resolveObject(Object object) throws IOException {
        return (object instanceof StandIn standIn) ? standIn.resolve(this::take) : object;
    }

    private byte[] take(int index) throws ObjectStreamException {
        if (index < 0 || index >= this.taken.length) {
            throw new InvalidObjectException(
                    "a stand-in is for part " + index + ", but there are " + this.taken.length + " parts");
        }
        if (this.taken[index]) {
            throw new InvalidObjectException("two stand-ins are for part " + index);
        }
        this.taken[index] = true;
        byte[] part = Parcel.arrayOf(this.parts.get(index));
        this.filter.received(part.length);
        return part;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
        String name = description.getName();
        Class<?> primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            return primitive;
        }
        if (name.equals(STAND_IN)) {
            // never another one of that name, whatever the loaders know
            return StandIn.class;
        }
        try {
            return Class.forName(name, false, this.classLoader);
        }
        catch (ClassNotFoundException ex) {
            // not what super does: that finds classes of whoever is on the stack
            if (this.fallback == this.classLoader) {
                throw ex;
            }
            return Class.forName(name, false, this.fallback);
        }
    }

    @Override
    @SuppressWarnings("deprecation")
    protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
        Class<?>[] interfaces = new Class<?>[names.length];
        for (int i = 0; i < names.length; i++) {
            interfaces[i] = Class.forName(names[i], false, this.classLoader);
        }
        return Proxy.getProxyClass(this.classLoader, interfaces);
    }

}
