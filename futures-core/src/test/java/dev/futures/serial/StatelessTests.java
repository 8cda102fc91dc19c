// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.ObjectInputFilter;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.futures.support.Await;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is remembered of classes: it must not keep the library, and with it an
 * application that was redeployed.
 */
class StatelessTests {

    static List<Object> inputs() {
        return List.of(1, LocalDate.EPOCH, Map.Entry.comparingByKey());
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void classesOfTheJdkDoNotKeepTheLibrary(Object input) throws Exception {
        WeakReference<ClassLoader> library = packed(input);
        Await.until("the library is let go", () -> {
            System.gc();
            return library.get() == null;
        });
    }

    /** Has a library of its own pack the task of a map, as it does for a process. */
    private static WeakReference<ClassLoader> packed(Object input) throws Exception {
        URL classes = Payloads.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader library = new URLClassLoader(new URL[] { classes }, ClassLoader.getPlatformClassLoader())) {
            Constructor<?> constructor = library.loadClass("dev.futures.MapCalls$Chunk").getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            Object[] components = Arrays.stream(constructor.getParameterTypes())
                .map((type) -> component(type, input))
                .toArray();
            Class<?> payloads = library.loadClass(Payloads.class.getName());
            Object own = payloads.getConstructor(ClassLoader.class, ObjectInputFilter.class, int.class)
                .newInstance(library, (ObjectInputFilter) (info) -> ObjectInputFilter.Status.ALLOWED, 1_000_000);
            Object parcel = payloads.getMethod("packTask", Object.class)
                .invoke(own, constructor.newInstance(components));
            assertThat(parcel).isNotNull();
            return new WeakReference<>(library);
        }
    }

    private static Object component(Class<?> type, Object input) {
        if (List.class.isAssignableFrom(type)) {
            return new ArrayList<>(List.of(input));
        }
        return (type == boolean.class) ? false : null;
    }

}
