// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;

import dev.futures.Future;
import dev.futures.Task;
import dev.futures.TaskAction;
import dev.futures.TaskContext;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code of a task that holds up this JVM while it is written or read here, where nothing
 * can stop it.
 */
@ExtendWith(LeakCheck.class)
class HeldUpTests {

    private static final Duration SOON = Duration.ofMillis(300);

    /** Not before a busy machine has begun to read the result. */
    private static final Duration LATER = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    @Test
    void aResultThatIsReadForEverOccupiesNoWorkerForEver() throws Exception {
        Gate gate = Gate.in(this.directory);
        Obstacle obstacle = new Obstacle(gate, false);
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Task<Obstacle> task = () -> obstacle;
            Future<Obstacle> future = pool.submit(task, TaskOptions.named("bomb").withTimeLimit(LATER));
            Future<Integer> other = pool.submit(() -> 1);
            gate.awaitEntered(1);
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(TaskTimeoutException.class);
            assertThat(other.result(Await.PATIENCE)).isEqualTo(1);
            awaitToldOf("task 'bomb'", log);
            // not held up either
            pool.close();
        }
        finally {
            gate.letPass();
        }
    }

    @Test
    void aResultThatIsReadForEverDoesNotKeepAPoolFromBeingKilled() throws Exception {
        Gate gate = Gate.in(this.directory);
        Obstacle obstacle = new Obstacle(gate, false);
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Task<Obstacle> task = () -> obstacle;
            Future<Obstacle> future = pool.submit(task);
            gate.awaitEntered(1);
            pool.killWorkers();
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class);
            assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
            awaitToldOf("", log);
        }
        finally {
            gate.letPass();
        }
    }

    @Test
    void aTaskThatIsWrittenForEverByItsSubmitterOccupiesNoWorker() throws Exception {
        Gate gate = Gate.in(this.directory);
        Obstacle obstacle = new Obstacle(gate, true);
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            long pid = pool.submit(Work::pid).result(Await.PATIENCE);
            Await.until("the worker is idle", () -> pool.statistics().idleWorkers() == 1);
            Thread submitter = new Thread(
                    () -> pool.submit((TaskAction) obstacle::use, TaskOptions.none().withQueueTimeLimit(SOON)));
            submitter.start();
            gate.awaitEntered(1);
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).as("the process has not noticed").isEqualTo(pid);
            assertThat(submitter.isAlive()).isTrue();
            gate.letPass();
            submitter.join(Await.PATIENCE.toMillis());
            assertThat(pool.statistics().tasks().timedOut()).isEqualTo(1);
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isEqualTo(pid);
            assertThat(log.messages()).isEmpty();
        }
        finally {
            gate.letPass();
        }
    }

    @Test
    void aTaskThatIsWrittenForEverByItsWorkerIsGivenUpWithIt() throws Exception {
        Gate gate = Gate.in(this.directory);
        Gate before = Gate.in(this.directory);
        Obstacle obstacle = new Obstacle(gate, true);
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<?> first = pool.submit((TaskAction) () -> before.pass(1));
            before.awaitEntered(1);
            Future<?> future = pool.submit((TaskAction) obstacle::use, TaskOptions.named("heavy"));
            Future<Integer> other = pool.submit(() -> 1);
            before.letPass();
            first.result(Await.PATIENCE);
            gate.awaitEntered(1);
            assertThat(future.cancel(true)).isTrue();
            assertThat(other.result(Await.PATIENCE)).isEqualTo(1);
            awaitToldOf("task 'heavy'", log);
        }
        finally {
            gate.letPass();
        }
    }

    /** The worker is given up first, then the log says so. */
    private static void awaitToldOf(String what, LogCapture log) throws InterruptedException {
        Await.until("the log says so",
                () -> log.messages()
                    .stream()
                    .anyMatch((message) -> message.contains(what)
                            && message.contains("another worker takes over, and the thread ends when that code does")));
    }

    /** Takes for ever to be written or to be read in this JVM, until its gate opens. */
    private static final class Obstacle implements Serializable {

        private static final long serialVersionUID = 1L;

        private final Gate gate;

        private final boolean writing;

        Obstacle(Gate gate, boolean writing) {
            this.gate = gate;
            this.writing = writing;
        }

        private void use() {
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            if (this.writing) {
                block();
            }
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (!this.writing) {
                block();
            }
        }

        private void block() throws IOException {
            if (!ProcessPoolExecutor.isWorkerProcess()) {
                this.gate.passDeaf();
            }
        }

    }

    @Test
    void aListenerThatHangsOccupiesNoWorkerForEver() throws Exception {
        Gate gate = Gate.in(this.directory);
        Gate reported = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<?> future = pool.submit((TaskAction) () -> {
                reported.pass(1);
                TaskContext.current().progress("half");
                Work.blockForEver();
            });
            future.addProgressListener((progress) -> {
                try {
                    gate.passDeaf();
                }
                catch (IOException ex) {
                    throw new IllegalStateException(ex);
                }
            });
            reported.letPass();
            gate.awaitEntered(1);
            assertThat(future.cancel(true)).isTrue();
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            awaitToldOf("listens to its progress", log);
        }
        finally {
            gate.letPass();
        }
    }

    @Test
    void noSpareOutlivesAPoolWhoseLastWorkerWasGivenUp() throws Exception {
        Gate gate = Gate.in(this.directory);
        Obstacle obstacle = new Obstacle(gate, false);
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).warmSpares(1).build()) {
            Task<Obstacle> task = () -> obstacle;
            Future<Obstacle> future = pool.submit(task);
            gate.awaitEntered(1);
            Await.until("there is a spare", () -> pool.spares().ready() == 1);
            assertThat(future.cancel(true)).isTrue();
            pool.close();
            Await.until("no process is left",
                    () -> ProcessHandle.current().children().noneMatch(ProcessHandle::isAlive));
            awaitToldOf("", log);
        }
        finally {
            gate.letPass();
        }
    }

}
