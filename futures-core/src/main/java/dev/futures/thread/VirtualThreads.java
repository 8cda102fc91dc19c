// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;

/**
 * Virtual threads (JEP 444), which this code is compiled without.
 */
final class VirtualThreads {

    private VirtualThreads() {
    }

    /** Makes virtual threads that inherit nothing. */
    static ThreadFactory factory() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual));
            MethodHandle inherit = lookup.findVirtual(builder, "inheritInheritableThreadLocals",
                    MethodType.methodType(builder, boolean.class));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            return (ThreadFactory) factory.invoke(inherit.invoke(ofVirtual.invoke(), false));
        }
        catch (ReflectiveOperationException | UnsupportedOperationException ex) {
            throw new UnsupportedOperationException("virtualThreads needs Java 21 or later but this is "
                    + Runtime.version().feature() + "; use platform threads", ex);
        }
        catch (Throwable ex) {
            throw new IllegalStateException("virtual threads cannot be made", ex);
        }
    }

}
