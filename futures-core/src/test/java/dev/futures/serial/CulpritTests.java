// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;

import dev.futures.MapOptions;
import dev.futures.Task;
import dev.futures.TaskSerializationException;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.support.Await;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Culprit}.
 */
class CulpritTests {

    private static final String HERE = CulpritTests.class.getName();

    private final Payloads payloads = new Payloads(CulpritTests.class.getClassLoader(), JvmFilter.alone(), 10_000);

    private final int field = 1;

    private String describe(Task<?> task) {
        return Culprit.describe(task, new NotSerializableException("x"), this.payloads);
    }

    @Test
    void itIsACapturedVariable() {
        String first = "first";
        Object second = new Object();
        assertThat(describe(() -> first + second))
            .isEqualTo("; what cannot travel is captured variable 2 of the lambda " + "in " + HERE
                    + ", of class java.lang.Object");
    }

    @Test
    void itIsTheObjectAroundALambda() {
        String variable = "variable";
        assertThat(describe(() -> this.field + variable)).isEqualTo("; what cannot travel is 'this', of which the "
                + "lambda in " + HERE + " uses a field or a method, of class " + HERE);
    }

    @Test
    void variablesAreCountedWithoutThis() {
        Thread thread = new Thread();
        Task<?> task = new Travelling().task(thread);
        assertThat(describe(task)).startsWith("; what cannot travel is captured variable 1 of the lambda in ")
            .endsWith(", of class java.lang.Thread");
    }

    @Test
    void itIsTheObjectOfAMethodReference() {
        assertThat(describe(new Object()::toString)).isEqualTo("; what cannot travel is the object before "
                + "'::toString' in " + HERE + ", of class java.lang.Object");
    }

    @Test
    void itIsInALambdaInside() {
        Object object = new Object();
        Task<Object> inner = () -> object;
        assertThat(describe(() -> inner.call()))
            .isEqualTo("; what cannot travel is captured variable 1 of the lambda in " + HERE
                    + ", of class java.lang.Object, which is in captured variable 1 of the lambda in " + HERE);
    }

    @Test
    void itIsWhatAnAnonymousClassCaptures() {
        Object object = new Object();
        assertThat(describe(anonymous(object))).isEqualTo(
                "; what cannot travel is captured variable 'object' of " + HERE + "$1, of class java.lang.Object");
        assertThat(describe(new Inner()))
            .isEqualTo("; what cannot travel is the object around " + HERE + "$Inner, of class " + HERE);
    }

    private static Task<Object> anonymous(Object object) {
        return new Task<>() {

            private static final long serialVersionUID = 1L;

            @Override
            public Object call() {
                return object;
            }

        };
    }

    @Test
    void whatIsNotKnownIsNotSaid() {
        Object object = new Object();
        assertThat(describe(new Holder())).isEmpty();
        assertThat(describe(null)).isEmpty();
        assertThat(describe(() -> 1)).isEmpty();
        assertThat(Culprit.describe((Task<?>) () -> object, new OutOfMemoryError(), this.payloads)).isEmpty();
        byte[] large = new byte[20_000];
        assertThat(describe(() -> large.length)).isEmpty();
    }

    @Test
    void whatFailsWhileItIsLookedForIsNotSaid() {
        Furious furious = new Furious();
        assertThat(describe(() -> furious)).isEmpty();
    }

    @Test
    void aPoolOfProcessesSaysIt() throws Exception {
        try (ProcessPoolExecutor pool = ProcessPoolExecutor.builder().maxWorkers(1).maxHeap(48 << 20).build()) {
            Object object = new Object();
            assertThat(pool.submit(() -> object).exception(Await.PATIENCE))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageEndingWith(": java.io.NotSerializableException: java.lang.Object; what cannot travel is "
                        + "captured variable 1 of the lambda in " + HERE + ", of class java.lang.Object");
            List<Object> inputs = List.of("a", object);
            assertThatExceptionOfType(TaskSerializationException.class)
                .isThrownBy(() -> pool.map((each) -> each, inputs, MapOptions.defaults().withChunkSize(2)).next())
                .withMessageEndingWith("; what cannot travel is input 2 of 2, of class java.lang.Object");
        }
    }

    private static final class Travelling implements java.io.Serializable {

        private static final long serialVersionUID = 1L;

        private final String text = "text";

        Task<?> task(Thread thread) {
            return () -> this.text + thread;
        }

    }

    private final class Inner implements Task<Object> {

        private static final long serialVersionUID = 1L;

        @Override
        public Object call() {
            return CulpritTests.this.field;
        }

    }

    private static final class Holder implements Task<Object> {

        private static final long serialVersionUID = 1L;

        private final transient Object held = new Object();

        @Override
        public Object call() {
            return this.held;
        }

    }

    private static final class Furious implements java.io.Serializable {

        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) {
            throw new AssertionError("no");
        }

    }

}
