// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.futures.CloseableIterator;
import dev.futures.Future;
import dev.futures.MapOptions;
import dev.futures.RemoteStackTrace;
import dev.futures.RemoteTaskException;
import dev.futures.Task;
import dev.futures.TaskAction;
import dev.futures.TaskOptions;
import dev.futures.TaskSerializationException;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tasks, results and exceptions that do not travel, and what becomes of those that do.
 */
@ExtendWith(LeakCheck.class)
class SerializationTests {

    private final ProcessPoolExecutor pool = Pools.recorded(1).name("fussy").build();

    @AfterEach
    void close() {
        this.pool.close();
    }

    private Throwable thrownBy(Task<?> task) throws Exception {
        return this.pool.submit(task, TaskOptions.named("the task")).exception(Await.PATIENCE);
    }

    private long pid() throws Exception {
        return this.pool.submit(Work::pid).result(Await.PATIENCE);
    }

    static List<Arguments> faults() {
        List<Arguments> all = new ArrayList<>();
        for (Fault.Step step : Fault.Step.values()) {
            all.add(Arguments.of(step, false));
            all.add(Arguments.of(step, true));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultFailsItsTaskAndNothingElse(Fault.Step step, boolean error) throws Exception {
        long before = pid();
        List<Future<Integer>> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Throwable thrown = thrownBy(new Fault(step, error).asTask());
            assertThat(thrown).isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("fault at " + step)
                .hasRootCauseInstanceOf(error ? StackOverflowError.class : IllegalArgumentException.class);
            others.add(this.pool.submit(() -> 1));
        }
        for (Future<Integer> other : others) {
            assertThat(other.result(Await.PATIENCE)).isEqualTo(1);
        }
        assertThat(pid()).as("the process is the same").isEqualTo(before);
        assertThat(this.pool.statistics().restarts()).isZero();
        assertThat(this.pool.statistics().tasks().failed()).isEqualTo(5);
    }

    @Test
    void floodsOfFaultsFromManyThreadsLoseNothing() throws Exception {
        List<Thread> submitters = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 3; t++) {
            Thread submitter = new Thread(() -> {
                try {
                    for (int i = 0; i < 400; i++) {
                        Future<?> faulty = this.pool.submit(new Fault(Fault.Step.WRITE_IN_PARENT, false).asTask());
                        Future<?> cancelled = this.pool.submit(() -> 1);
                        cancelled.cancel();
                        Future<Integer> good = this.pool.submit(() -> 2);
                        assertThat(faulty.exception(Await.PATIENCE)).isInstanceOf(TaskSerializationException.class);
                        assertThat(good.result(Await.PATIENCE)).isEqualTo(2);
                    }
                }
                catch (Throwable ex) {
                    failures.add(ex);
                }
            });
            submitter.start();
            submitters.add(submitter);
        }
        for (Thread submitter : submitters) {
            submitter.join();
        }
        assertThat(failures).isEmpty();
        assertThat(this.pool.statistics().restarts()).isZero();
    }

    @Test
    void theClassThatIsNotSerializableIsNamed() throws Exception {
        Object captured = new Object() {
        };
        assertThat(thrownBy(() -> captured.hashCode())).isInstanceOf(TaskSerializationException.class)
            .hasMessageContaining("task 'the task' could not be sent to a worker process")
            .hasMessageContaining(captured.getClass().getName())
            .hasCauseInstanceOf(NotSerializableException.class);
        assertThat(thrownBy(Thread::new)).isInstanceOf(TaskSerializationException.class)
            .hasMessageContaining("the result, of class java.lang.Thread, could not be sent back");
    }

    @Test
    void anExceptionKeepsItsTypeItsMessageAndItsFields() throws Exception {
        Throwable thrown = thrownBy(() -> {
            throw new RichException("rich", 42);
        });
        assertThat(thrown).isExactlyInstanceOf(RichException.class).hasMessage("rich");
        assertThat(((RichException) thrown).code).isEqualTo(42);
        assertThat(thrown.getStackTrace()[0].getClassName()).startsWith(SerializationTests.class.getName());
        assertThat(thrown.getSuppressed()).singleElement()
            .isInstanceOf(RemoteStackTrace.class)
            .extracting(Throwable::getMessage)
            .asString()
            .contains("worker process " + pid() + " of pool 'fussy', task 'the task'");
    }

    private static final class RichException extends IOException {

        private static final long serialVersionUID = 1L;

        private final int code;

        RichException(String message, int code) {
            super(message);
            this.code = code;
        }

    }

    private void assertStandIn(Throwable thrown, Class<?> original, String message) {
        assertThat(thrown).isInstanceOf(RemoteTaskException.class).hasMessageContaining(message);
        assertThat(((RemoteTaskException) thrown).className()).isEqualTo(original.getName());
        assertThat(thrown).hasStackTraceContaining("at dev.futures.process.SerializationTests")
            .hasStackTraceContaining("task 'the task'");
    }

    @Test
    void anExceptionThatIsNotSerializableHasAStandIn() throws Exception {
        Throwable thrown = thrownBy(() -> {
            throw new HoldingException("holds a thread");
        });
        assertStandIn(thrown, HoldingException.class, "holds a thread");
        assertThat(thrown).hasCauseInstanceOf(TaskSerializationException.class);
    }

    private static final class HoldingException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object held = new Object();

        HoldingException(String message) {
            super(message);
        }

        @Override
        public String toString() {
            return super.toString() + ((this.held != null) ? "" : " (nothing held)");
        }

    }

    @Test
    void anExceptionThatCannotBeRebuiltHasAStandIn() throws Exception {
        Throwable thrown = thrownBy(() -> {
            throw new UnreadableException("cannot be read");
        });
        assertStandIn(thrown, UnreadableException.class, "cannot be read");
        assertThat(thrown.getCause()).hasMessageContaining("only at home");
        assertThat(pid()).isPositive();
    }

    private static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }

        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("only at home");
        }

    }

    @Test
    void anExceptionWhoseOwnMethodsFailStillFailsOnlyItsTask() throws Exception {
        long before = pid();
        Throwable thrown = thrownBy(() -> {
            throw new NastyException();
        });
        assertThat(thrown).isNotNull();
        assertThat(thrown.getClass().getName()).isIn(NastyException.class.getName(),
                RemoteTaskException.class.getName());
        assertThat(pid()).isEqualTo(before);
    }

    private static final class NastyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object held = new Object();

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message today: " + this.held);
        }

    }

    @Test
    void cyclicCausesTravel() throws Exception {
        Throwable thrown = thrownBy(() -> {
            Exception first = new Exception("first");
            first.initCause(new Exception("second", first));
            throw first;
        });
        assertThat(thrown).hasMessage("first");
        assertThat(thrown.getCause().getCause()).isSameAs(thrown);
    }

    @Test
    void veryLongMessagesTravel() throws Exception {
        Throwable thrown = thrownBy(() -> {
            throw new Exception("x".repeat(1_000_000));
        });
        assertThat(thrown).isExactlyInstanceOf(Exception.class);
        assertThat(thrown.getMessage()).hasSize(1_000_000);
    }

    @Test
    void aResultThatIsKnownToDoHarmIsRefusedByName() throws Exception {
        Throwable thrown = thrownBy(() -> new javax.management.ObjectName("a:b=c"));
        assertThat(thrown).isInstanceOf(TaskSerializationException.class)
            .hasMessageContaining("class javax.management.ObjectName is refused by the deserialization filter")
            .hasMessageContaining("give the pool a serialFilter that allows it");
        assertThat(pid()).isPositive();
    }

    @Test
    void aFilterOfTheUserDecidesWhatComesBack() throws Exception {
        ObjectInputFilter filter = ObjectInputFilter.Config.createFilter("java.lang.*;!*");
        try (ProcessPoolExecutor picky = Pools.builder(1).serialFilter(filter).build()) {
            assertThat(picky.submit(() -> 42).result(Await.PATIENCE)).isEqualTo(42);
            assertThat(picky.submit(() -> new Money(1)).exception(Await.PATIENCE))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("class " + Money.class.getName() + " is refused");
            assertThat(picky.submit((TaskAction) () -> {
                throw new RichException("rich", 1);
            }).exception(Await.PATIENCE)).isInstanceOf(RemoteTaskException.class).hasMessageContaining("rich");
            assertThat(picky.submit(() -> 43).result(Await.PATIENCE)).isEqualTo(43);
        }
    }

    @Test
    void theJvmsOwnTextOfANullPointerExceptionArrives() throws Exception {
        Future<Integer> future = this.pool.submit(() -> System.getProperty("no.such.property").length());
        assertThat(future.exception(Await.PATIENCE)).isExactlyInstanceOf(NullPointerException.class)
            .hasMessageContaining("String.length()")
            .hasStackTraceContaining("SerializationTests");
    }

    @Test
    void aProxyTravels() throws Exception {
        Comparator<String> proxy = this.pool.submit(() -> proxy(new Reversing())).result(Await.PATIENCE);
        assertThat(proxy.compare("a", "b")).isPositive();
    }

    @SuppressWarnings("unchecked")
    private static Comparator<String> proxy(InvocationHandler handler) {
        return (Comparator<String>) Proxy.newProxyInstance(SerializationTests.class.getClassLoader(),
                new Class<?>[] { Comparator.class }, handler);
    }

    private record Reversing() implements InvocationHandler, Serializable {

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return ((String) arguments[1]).compareTo((String) arguments[0]);
        }

    }

    @Test
    void aFilterOfTheUserNeedNotKnowHowAFailedElementTravels() throws Exception {
        ObjectInputFilter filter = ObjectInputFilter.Config.createFilter("java.lang.*;java.util.*;!*");
        MapOptions options = MapOptions.defaults().withChunkSize(3).withContinueAfterFailure(true);
        try (ProcessPoolExecutor picky = Pools.builder(1).serialFilter(filter).build()) {
            CloseableIterator<Integer> results = picky.map((Integer each) -> 6 / each, List.of(3, 0, 2), options);
            assertThat(results.next()).isEqualTo(2);
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(results::next);
            assertThat(results.next()).isEqualTo(3);
        }
    }

    private record Money(int cents) implements Serializable {
    }

    @Test
    void recordsArraysAndPrimitivesTravel() throws Exception {
        assertThat(this.pool.submit(() -> new Money(5)).result(Await.PATIENCE)).isEqualTo(new Money(5));
        assertThat(this.pool.submit(() -> new int[][] { { 1 }, { 2, 3 } }).result(Await.PATIENCE))
            .isDeepEqualTo(new int[][] { { 1 }, { 2, 3 } });
        assertThat(this.pool.submit(() -> int.class).result(Await.PATIENCE)).isSameAs(int.class);
        assertThat(this.pool.submit(() -> Fault.Step.READ_IN_PARENT).result(Await.PATIENCE))
            .isSameAs(Fault.Step.READ_IN_PARENT);
    }

    @Test
    void aTaskThatCannotBeSentAfterShutdownFailsAndThePoolEnds(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        Future<Integer> running = this.pool.submit(() -> gate.pass(1));
        gate.awaitEntered(1);
        Future<Fault> faulty = this.pool.submit(new Fault(Fault.Step.WRITE_IN_PARENT, false).asTask());
        this.pool.shutdown(false, false);
        gate.letPass();
        assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
        assertThat(faulty.exception(Await.PATIENCE)).isInstanceOf(TaskSerializationException.class);
        assertThat(this.pool.awaitTermination(Await.PATIENCE)).isTrue();
    }

}
