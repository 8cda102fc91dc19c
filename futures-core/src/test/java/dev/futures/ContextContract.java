// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.concurrent.atomic.AtomicReference;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What tasks get of the context of the thread that submits them.
 */
interface ContextContract extends PoolFixture {

    /** The context: in the submitting thread, and wherever a task runs. */
    ThreadLocal<String> USER = new ThreadLocal<>();

    record User(String name) implements ContextSnapshot {

        @Override
        public Scope restore() {
            String before = USER.get();
            USER.set(this.name);
            return () -> USER.set(before);
        }

    }

    /** Leaves behind what its scope has heard. */
    record Recording() implements ContextSnapshot {

        @Override
        public Scope restore() {
            return new Scope() {

                private String heard = "";

                @Override
                public void failed(Throwable failure) {
                    this.heard = failure.getMessage() + ", ";
                }

                @Override
                public void close() {
                    USER.set(this.heard + "closed");
                }

            };
        }

    }

    /** Its scope throws something else, or what it hears of. */
    record Failing(String message) implements ContextSnapshot {

        @Override
        public Scope restore() {
            return new Scope() {

                @Override
                public void failed(Throwable failure) {
                    if (Failing.this.message != null) {
                        throw new UnsupportedOperationException(Failing.this.message);
                    }
                    throw (IllegalStateException) failure;
                }

                @Override
                public void close() {
                    USER.remove();
                }

            };
        }

    }

    private PoolExecutor capturing(ContextCapture capture) {
        return pool((builder) -> builder.maxWorkers(1)
            .contextCapture(capture)
            .initializer(() -> USER.set("the worker's own")));
    }

    @Test
    default void aTaskRunsInTheContextOfItsSubmitter() throws Exception {
        AtomicReference<String> user = new AtomicReference<>("ada");
        try (PoolExecutor pool = capturing(() -> new User(user.get()))) {
            Future<String> first = pool.submit(() -> USER.get());
            user.set("grace");
            Future<String> second = pool.submit(() -> USER.get());
            assertThat(first.result(Await.PATIENCE)).isEqualTo("ada");
            assertThat(second.result(Await.PATIENCE)).isEqualTo("grace");
        }
    }

    @Test
    default void theContextIsTakenAwayAfterTheTaskWhateverHappensInIt() throws Exception {
        AtomicReference<ContextSnapshot> context = new AtomicReference<>(new User("ada"));
        try (PoolExecutor pool = capturing(context::get)) {
            Future<?> failing = pool.submit(() -> {
                throw new IllegalStateException("as " + USER.get());
            });
            assertThat(failing.exception(Await.PATIENCE)).hasMessage("as ada");
            context.set(() -> () -> {
            });
            assertThat(pool.submit(() -> USER.get()).result(Await.PATIENCE)).isEqualTo("the worker's own");
        }
    }

    @Test
    default void whatCaptureThrowsIsThrownBySubmit() {
        ContextCapture failing = () -> {
            throw new IllegalStateException("no context");
        };
        try (PoolExecutor pool = capturing(failing)) {
            assertThatIllegalStateException().isThrownBy(() -> pool.submit(() -> 1)).withMessage("no context");
            assertThat(pool.statistics().tasks().submitted()).isZero();
        }
    }

    @Test
    default void whatRestoringOrClosingThrowsFailsTheTask() throws Exception {
        AtomicReference<ContextSnapshot> context = new AtomicReference<>();
        try (PoolExecutor pool = capturing(context::get)) {
            context.set(() -> {
                throw new UnsupportedOperationException("cannot restore");
            });
            assertThat(pool.submit(() -> 1).exception(Await.PATIENCE)).isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("cannot restore");
            context.set(() -> () -> {
                throw new UnsupportedOperationException("cannot close");
            });
            assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> pool.submit(() -> 1).result(Await.PATIENCE))
                .withMessage("cannot close");
            context.set(new User("ada"));
            assertThat(pool.submit(() -> USER.get()).result(Await.PATIENCE)).isEqualTo("ada");
        }
    }

    @Test
    default void aScopeHearsOfAFailureBeforeItIsClosedAndOfNoneThatThereIsNot() throws Exception {
        try (PoolExecutor pool = capturing(Recording::new)) {
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(pool.submit(() -> USER.get()).result(Await.PATIENCE)).isEqualTo("closed");
            assertThat(pool.<Object>submit(() -> {
                throw new IllegalStateException("torn");
            }).exception(Await.PATIENCE)).hasMessage("torn");
            assertThat(pool.submit(() -> USER.get()).result(Await.PATIENCE)).isEqualTo("torn, closed");
        }
    }

    @Test
    default void whatAScopeThrowsThatHearsOfAFailureIsSuppressed() throws Exception {
        AtomicReference<ContextSnapshot> context = new AtomicReference<>(new Failing("deaf"));
        try (PoolExecutor pool = capturing(context::get)) {
            Future<?> failing = pool.submit(() -> {
                throw new IllegalStateException("torn");
            });
            Throwable failure = failing.exception(Await.PATIENCE);
            assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("torn");
            assertThat(failure.getSuppressed()).filteredOn(UnsupportedOperationException.class::isInstance)
                .singleElement()
                .satisfies((suppressed) -> assertThat(suppressed).hasMessage("deaf"));
            context.set(new Failing(null));
            Future<?> rethrown = pool.submit(() -> {
                throw new IllegalStateException("torn");
            });
            assertThat(rethrown.exception(Await.PATIENCE)).hasMessage("torn");
            context.set(new User("ada"));
            assertThat(pool.submit(() -> USER.get()).result(Await.PATIENCE)).isEqualTo("ada");
        }
    }

    @Test
    default void aTaskKeepsItsOwnName() throws Exception {
        try (PoolExecutor pool = capturing(() -> new User("ada"))) {
            pool.pause();
            Future<Integer> named = pool.submit(() -> 1,
                    TaskOptions.named("counting").withQueueTimeLimit(java.time.Duration.ofMillis(1)));
            Future<Integer> unnamed = pool.submit(() -> 1,
                    TaskOptions.none().withQueueTimeLimit(java.time.Duration.ofMillis(1)));
            assertThat(named.exception(Await.PATIENCE)).hasMessageContaining("task 'counting'");
            assertThat(unnamed.exception(Await.PATIENCE)).hasMessageContaining("lambda in ContextContract");
        }
    }

}
