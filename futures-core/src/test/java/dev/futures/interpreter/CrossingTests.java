// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import dev.futures.Future;
import dev.futures.RemoteStackTrace;
import dev.futures.RemoteTaskException;
import dev.futures.Task;
import dev.futures.TaskOptions;
import dev.futures.TaskSerializationException;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tasks, results and exceptions on their way between the application and an interpreter.
 */
@ExtendWith(LeakCheck.class)
class CrossingTests {

    private final InterpreterPoolExecutor pool = InterpreterPoolExecutor.builder().name("sea").maxWorkers(1).build();

    @AfterEach
    void close() {
        this.pool.close();
    }

    private Throwable thrownBy(Task<?> task) throws Exception {
        Throwable thrown = this.pool.submit(task, TaskOptions.named("the task")).exception(Await.PATIENCE);
        assertThat(this.pool.submit(() -> World.COUNT.get()).result(Await.PATIENCE)).as("the pool goes on").isZero();
        return thrown;
    }

    static List<Arguments> obstacles() {
        List<Arguments> all = new ArrayList<>();
        for (Obstacle.Step step : Obstacle.Step.values()) {
            all.add(Arguments.of(step, false));
            all.add(Arguments.of(step, true));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void whatCannotBeWrittenOrReadFailsItsTaskAndNothingElse(Obstacle.Step step, boolean error) throws Exception {
        assertThat(this.pool.submit(() -> World.COUNT.incrementAndGet()).result(Await.PATIENCE)).isEqualTo(1);
        List<Future<Integer>> others = new ArrayList<>();
        for (int i = 2; i < 7; i++) {
            Throwable thrown = this.pool.submit(new Obstacle(step, error).asTask()).exception(Await.PATIENCE);
            assertThat(thrown).isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("obstacle at " + step)
                .hasRootCauseInstanceOf(error ? StackOverflowError.class : Obstacle.Refusal.class);
            others.add(this.pool.submit(() -> World.COUNT.incrementAndGet()));
        }
        for (int i = 0; i < others.size(); i++) {
            assertThat(others.get(i).result(Await.PATIENCE)).as("the worker is the same").isEqualTo(i + 2);
        }
        assertThat(this.pool.statistics().tasks().failed()).isEqualTo(5);
    }

    @Test
    void aTaskThatHoldsWhatIsNotSerializableIsRefusedByName() throws Exception {
        Object captured = new Object() {
        };
        class Local {

            int method() {
                return 1;
            }

        }
        assertThat(thrownBy(() -> captured.hashCode())).isInstanceOf(TaskSerializationException.class)
            .hasMessageContaining("task 'the task' could not be sent to interpreter sea_0 of pool 'sea'")
            .hasMessageContaining(captured.getClass().getName())
            .hasCauseInstanceOf(NotSerializableException.class);
        Local local = new Local();
        assertThat(thrownBy(() -> local)).isInstanceOf(TaskSerializationException.class)
            .hasMessageContaining(Local.class.getName());
        assertThat(thrownBy(local::method)).isInstanceOf(TaskSerializationException.class)
            .hasMessageContaining(Local.class.getName());
    }

    @Test
    void aResultThatIsNotSerializableIsRefusedByName() throws Exception {
        assertThat(thrownBy(Thread::new)).isInstanceOf(TaskSerializationException.class)
            .hasMessageContaining("the result of task 'the task', of class java.lang.Thread, could not be sent back")
            .hasCauseInstanceOf(NotSerializableException.class);
        assertThat(thrownBy(() -> Thread.currentThread().getContextClassLoader()))
            .isInstanceOf(TaskSerializationException.class)
            .hasMessageContaining(IsolatedClassLoader.class.getName());
    }

    @Test
    void whatIsNotATaskAnyMoreWhenItArrivesIsRefused() throws Exception {
        assertThat(thrownBy(new Changeling())).isInstanceOf(TaskSerializationException.class)
            .hasMessageContaining("what was sent is not a task");
    }

    private static final class Changeling implements Task<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public Integer call() {
            return 1;
        }

        private Object writeReplace() {
            return "something else";
        }

    }

    @Test
    void resultsAreOfTheClassesOfTheApplication() throws Exception {
        assertThat(this.pool.submit(() -> new Money(5)).result(Await.PATIENCE)).isEqualTo(new Money(5));
        assertThat(this.pool.submit(() -> new Money[][] { { new Money(1) } }).result(Await.PATIENCE))
            .isDeepEqualTo(new Money[][] { { new Money(1) } });
        assertThat(this.pool.submit(() -> int.class).result(Await.PATIENCE)).isSameAs(int.class);
        assertThat(this.pool.submit(() -> Money.class).result(Await.PATIENCE)).isSameAs(Money.class);
        assertThat(this.pool.submit(() -> Obstacle.Step.READ_INSIDE).result(Await.PATIENCE))
            .isSameAs(Obstacle.Step.READ_INSIDE);
        Task<Integer> task = this.pool.submit(CrossingTests::makeTask).result(Await.PATIENCE);
        assertThat(task.call()).isEqualTo(7);
        assertThat(this.pool.<Object>submit(() -> null).result(Await.PATIENCE)).isNull();
    }

    private record Money(int cents) implements Serializable {
    }

    private static Task<Integer> makeTask() {
        return () -> 7;
    }

    @Test
    void whatTheTaskDoesToWhatItCapturedIsNotSeenOutside() throws Exception {
        int[] captured = { 1 };
        assertThat(this.pool.submit(() -> ++captured[0]).result(Await.PATIENCE)).isEqualTo(2);
        assertThat(captured[0]).isEqualTo(1);
    }

    @Test
    void largeArraysAndBuffersAreCopiesOnBothSides() throws Exception {
        byte[] captured = new byte[100_000];
        ByteBuffer buffer = ByteBuffer.wrap(captured);
        byte[] result = this.pool.submit(() -> {
            captured[0] = 1;
            World.KEPT.set(captured);
            return captured;
        }).result(Await.PATIENCE);
        assertThat(captured[0]).isZero();
        assertThat(result[0]).isEqualTo((byte) 1);
        result[0] = 2;
        assertThat(this.pool.submit(() -> ((byte[]) World.KEPT.get())[0]).result(Await.PATIENCE)).isEqualTo((byte) 1);
        assertThat(this.pool.submit(() -> buffer.put(0, (byte) 3)).result(Await.PATIENCE).get(0)).isEqualTo((byte) 3);
        assertThat(captured[0]).isZero();
    }

    @Test
    void anExceptionKeepsItsTypeItsMessageAndItsFields() throws Exception {
        Throwable thrown = thrownBy(() -> {
            throw new RichException("rich", 42);
        });
        assertThat(thrown).isExactlyInstanceOf(RichException.class).hasMessage("rich");
        assertThat(((RichException) thrown).code).isEqualTo(42);
        assertThat(thrown.getStackTrace()[0].getClassName()).startsWith(CrossingTests.class.getName());
        assertThat(thrown.getStackTrace()[0].getClassLoaderName()).isEqualTo("sea_0");
        assertThat(thrown.getSuppressed()).singleElement()
            .isInstanceOf(RemoteStackTrace.class)
            .extracting(Throwable::getMessage)
            .isEqualTo("thrown in interpreter sea_0 of pool 'sea', task 'the task'");
    }

    private static final class RichException extends IOException {

        private static final long serialVersionUID = 1L;

        private final int code;

        RichException(String message, int code) {
            super(message);
            this.code = code;
        }

    }

    @Test
    void anExceptionThatIsNotSerializableHasAStandIn() throws Exception {
        Throwable thrown = thrownBy(() -> {
            throw new HoldingException("holds something");
        });
        assertStandIn(thrown, HoldingException.class, "holds something");
        assertThat(thrown).hasCauseInstanceOf(TaskSerializationException.class);
    }

    private static final class HoldingException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings({ "serial", "unused" })
        private final Object held = new Object();

        HoldingException(String message) {
            super(message);
        }

    }

    @Test
    void anExceptionThatCannotBeReadOutsideHasAStandIn() throws Exception {
        Throwable thrown = thrownBy(() -> {
            throw new UnreadableException("cannot be read");
        });
        assertStandIn(thrown, UnreadableException.class, "cannot be read");
        assertThat(thrown.getCause()).hasMessageContaining("only inside");
    }

    private static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }

        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("only inside");
        }

    }

    private static void assertStandIn(Throwable thrown, Class<?> original, String message) {
        assertThat(thrown).isInstanceOf(RemoteTaskException.class).hasMessageContaining(message);
        assertThat(((RemoteTaskException) thrown).className()).isEqualTo(original.getName());
        assertThat(thrown).hasStackTraceContaining("at sea_0//" + CrossingTests.class.getName())
            .hasStackTraceContaining("task 'the task'");
    }

    @Test
    void anExceptionWhoseOwnMethodsFailHasAStandIn() throws Exception {
        assertThat(thrownBy(() -> {
            throw new NastyException();
        })).isInstanceOf(RemoteTaskException.class);
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
    void errorsCrossToo() throws Exception {
        assertThat(thrownBy(() -> {
            throw new AssertionError("an error");
        })).isExactlyInstanceOf(AssertionError.class).hasMessage("an error");
    }

    @Test
    void noClassOfTheApplicationIsSeenInside() throws Exception {
        assertThat(this.pool.submit(() -> World.isOutside()).result(Await.PATIENCE)).isFalse();
        assertThat(this.pool.submit(() -> Task.class.getClassLoader() == World.class.getClassLoader())
            .result(Await.PATIENCE)).isTrue();
        assertThat(
                this.pool.submit(() -> Money.class.getClassLoader().getParent() == ClassLoader.getPlatformClassLoader())
                    .result(Await.PATIENCE))
            .isTrue();
    }

}
