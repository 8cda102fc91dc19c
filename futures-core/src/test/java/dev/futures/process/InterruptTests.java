// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;

import dev.futures.Future;
import dev.futures.TaskAction;
import dev.futures.TaskContext;
import dev.futures.TaskProgress;
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
 * Code in a child that interrupts threads which are not its own.
 */
@ExtendWith(LeakCheck.class)
class InterruptTests {

    private static final int TASKS = 1000;

    @TempDir
    private Path directory;

    @Test
    void aTaskThatInterruptsEveryThreadForEverEndsNoChild() throws Exception {
        Gate gate = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).stopGrace(Await.PATIENCE).build()) {
            long pid = pool.submit(() -> leaveInterrupter(gate)).result(Await.PATIENCE);
            gate.awaitEntered(1);
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                Future<Integer> future = pool.submit(() -> {
                    TaskContext.current().progress("number " + number);
                    return number;
                });
                assertThat(future.result(Await.PATIENCE)).isEqualTo(i);
                assertThat(future.progress()).isEqualTo(new TaskProgress(null, "number " + i));
            }
            gate.letPass();
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isEqualTo(pid);
            assertThat(log.messages(Level.WARNING)).isEmpty();
            assertThat(pool.statistics().restarts()).isZero();
        }
    }

    @Test
    void theLifeLineIsStillFollowed() throws Exception {
        Gate gate = Gate.in(this.directory);
        Gate waiting = Gate.in(this.directory);
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(1).stopGrace(Await.PATIENCE).build()) {
            long pid = pool.submit(() -> leaveInterrupter(gate)).result(Await.PATIENCE);
            gate.awaitEntered(2);
            gate.letPass();
            gate.awaitEntered(3);
            Future<?> stopped = pool.submit((TaskAction) waiting::blockForEver);
            waiting.awaitEntered(1);
            assertThat(stopped.cancel(true)).isTrue();
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isEqualTo(pid);
            assertThat(log.messages(Level.WARNING)).isEmpty();
        }
    }

    @Test
    void aTaskIsStillInterruptedByItsOwnThreads() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<String> future = pool.submit(() -> {
                Thread.currentThread().interrupt();
                try {
                    Work.blockForEver();
                    return "not interrupted";
                }
                catch (InterruptedException ex) {
                    return "interrupted";
                }
            });
            assertThat(future.result(Await.PATIENCE)).isEqualTo("interrupted");
        }
    }

    /** Says in the gate that it begins, has come round once, and has ended. */
    private static long leaveInterrupter(Gate gate) {
        Thread interrupter = new Thread(() -> {
            try {
                gate.enter();
                interruptOthers();
                gate.enter();
                while (!gate.isOpen()) {
                    interruptOthers();
                    LockSupport.parkNanos(1_000_000);
                }
                gate.enter();
            }
            catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        });
        interrupter.setDaemon(true);
        interrupter.start();
        return Work.pid();
    }

    private static void interruptOthers() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[100];
        for (int i = all.enumerate(threads) - 1; i >= 0; i--) {
            if (threads[i] != Thread.currentThread()) {
                threads[i].interrupt();
            }
        }
    }

}
