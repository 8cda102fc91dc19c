// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;

import dev.futures.Future;
import dev.futures.Task;
import dev.futures.TaskAction;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tasks in processes that are told to stop, and end in time or not.
 */
@ExtendWith(LeakCheck.class)
class SoftStopTests {

    @TempDir
    private Path directory;

    /** One whose processes are not killed only because the machine is busy. */
    private static ProcessPoolExecutor patient() {
        return Pools.builder(1).stopGrace(Await.PATIENCE).build();
    }

    private static long pid(ProcessPoolExecutor pool) throws Exception {
        return pool.submit(Work::pid).result(Await.PATIENCE);
    }

    @Test
    void aTaskThatListensKeepsItsProcess() throws Exception {
        Gate gate = Gate.in(this.directory);
        Gate cleaned = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = patient()) {
            long pid = pid(pool);
            Future<?> future = pool.submit((TaskAction) () -> {
                try {
                    gate.blockForEver();
                }
                finally {
                    cleaned.enter();
                }
            });
            gate.awaitEntered(1);
            assertThat(future.cancel(true)).isTrue();
            assertThat(pid(pool)).isEqualTo(pid);
            assertThat(cleaned.entered()).as("it could clean up").isEqualTo(1);
            assertThat(pool.statistics().restarts()).isZero();
            assertThat(log.messages()).allMatch((message) -> message.contains("is told to stop"));
        }
    }

    @Test
    void aTaskThatDoesNotListenIsKilledWithItsProcess() throws Exception {
        Gate gate = Gate.in(this.directory);
        Path started = this.directory.resolve("started");
        String file = started.toString();
        try (ProcessPoolExecutor pool = Pools.builder(1).stopGrace(Duration.ofMillis(50)).build()) {
            long pid = pid(pool);
            Future<?> future = pool.submit((TaskAction) () -> {
                Process descendant = new ProcessBuilder("sleep", "300").start();
                Files.writeString(Path.of(file), String.valueOf(descendant.pid()));
                gate.spinForEver();
            });
            gate.awaitEntered(1);
            assertThat(future.cancel(true)).isTrue();
            assertThat(pid(pool)).isNotEqualTo(pid);
            assertThat(pool.statistics().restarts()).isEqualTo(1);
            long descendant = Long.parseLong(Files.readString(started));
            Await.until("what it has started is dead",
                    () -> ProcessHandle.of(descendant).filter(ProcessHandle::isAlive).isEmpty());
        }
    }

    @Test
    void withoutGraceAProcessIsKilledAtOnce() throws Exception {
        Gate gate = Gate.in(this.directory);
        Gate cleaned = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).stopGrace(Duration.ZERO).build()) {
            long pid = pid(pool);
            Future<?> future = pool.submit((TaskAction) () -> {
                try {
                    gate.blockForEver();
                }
                finally {
                    cleaned.enter();
                }
            });
            gate.awaitEntered(1);
            assertThat(future.cancel(true)).isTrue();
            assertThat(pid(pool)).isNotEqualTo(pid);
            assertThat(cleaned.entered()).isZero();
            assertThat(log.messages()).noneMatch((message) -> message.contains("is told to stop"));
        }
    }

    @Test
    void whereALateTaskIsIsLogged() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).name("limited").stopGrace(Await.PATIENCE).build()) {
            long pid = pid(pool);
            Future<?> late = pool.submit((TaskAction) SoftStopTests::waitHere,
                    TaskOptions.named("import").withTimeLimit(Duration.ofMillis(300)));
            assertThat(late.exception(Await.PATIENCE)).isInstanceOf(TaskTimeoutException.class);
            assertThat(pid(pool)).isEqualTo(pid);
            Await.until("its stack is logged", () -> log.messages(Level.WARNING)
                .stream()
                .anyMatch((message) -> message.startsWith(
                        "task 'import' in worker process " + pid + " of pool 'limited' is told to stop; it is\n\tat ")
                        && message.contains("SoftStopTests.waitHere")));
            assertThat(log.messages(Level.WARNING)).hasSize(1);
        }
    }

    private static void waitHere() throws InterruptedException {
        Work.blockForEver();
    }

    /** Where a task may be that is not in its own code. */
    enum Moment {

        READ, WRITTEN

    }

    @ParameterizedTest
    @EnumSource
    void aTaskIsStoppedWhileItIsReadAndWhileItsResultIsWritten(Moment moment) throws Exception {
        Gate gate = Gate.in(this.directory);
        try (ProcessPoolExecutor pool = patient()) {
            long pid = pid(pool);
            Future<?> future = pool.submit(new Slow(moment, gate));
            gate.awaitEntered(1);
            assertThat(future.cancel(true)).isTrue();
            assertThat(pid(pool)).isEqualTo(pid);
            assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).result(Await.PATIENCE)).isFalse();
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    @Test
    void noAnswerOrInterruptOfAStoppedTaskHitsTheNext() throws Exception {
        Task<Integer> stubborn = () -> {
            try {
                Await.happens(Duration.ofMillis(2), () -> false);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            return -1;
        };
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = patient()) {
            long pid = pid(pool);
            for (int i = 0; i < 300; i++) {
                int number = i;
                Future<Integer> stopped = pool.submit(stubborn);
                Future<Integer> next = pool.submit(() -> Thread.currentThread().isInterrupted() ? -2 : number);
                Await.until("it runs or has run", () -> stopped.running() || stopped.done());
                for (int spins = i * 50; spins > 0; spins--) {
                    Thread.onSpinWait();
                }
                boolean cancelled = stopped.cancel(true);
                assertThat(next.result(Await.PATIENCE)).isEqualTo(i);
                assertThat(cancelled || stopped.result() == -1).isTrue();
            }
            assertThat(pid(pool)).isEqualTo(pid);
            assertThat(pool.statistics().restarts()).isZero();
            assertThat(log.messages()).allMatch((message) -> message.contains("is told to stop"));
        }
    }

    /** A task that waits at a given moment until it is interrupted. */
    private static final class Slow implements Task<Object> {

        private static final long serialVersionUID = 1L;

        private final Moment moment;

        private final Gate gate;

        Slow(Moment moment, Gate gate) {
            this.moment = moment;
            this.gate = gate;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (this.moment == Moment.READ) {
                block(this.gate);
            }
        }

        @Override
        public Object call() {
            return new SlowResult(this.gate);
        }

        static void block(Gate gate) throws IOException {
            try {
                gate.blockForEver();
            }
            catch (Exception ex) {
                throw new IOException(ex);
            }
        }

    }

    private static final class SlowResult implements Serializable {

        private static final long serialVersionUID = 1L;

        private final Gate gate;

        SlowResult(Gate gate) {
            this.gate = gate;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            Slow.block(this.gate);
            out.defaultWriteObject();
        }

    }

}
