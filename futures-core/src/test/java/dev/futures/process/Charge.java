// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.Work;

/**
 * A fault that waits for its step.
 *
 * @param step where it happens
 * @param kind what happens
 * @param fuse lights the fault of a process from outside
 * @param release ends what would hang in the process of the test
 * @param victim the process that was {@linkplain #plant planted} with the fault
 */
record Charge(FaultStep step, FaultKind kind, Gate fuse, Gate release, long victim) implements Serializable {

    /** For tasks: leaves a thread behind that does it when the fuse is lit. */
    static long plant(Gate fuse, FaultKind kind) {
        Thread thread = new Thread(() -> {
            try {
                fuse.pass(1);
                kind.commit();
            }
            catch (RuntimeException ex) {
                throw ex;
            }
            catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return Work.pid();
    }

    /** For tasks: leaves a shutdown hook behind that does it. */
    static long plantHook(FaultKind kind) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                kind.commit();
            }
            catch (RuntimeException ex) {
                throw ex;
            }
            catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        }));
        return Work.pid();
    }

    /** For what is read and written: does it if this is the step. */
    void reach(FaultStep reached) throws IOException {
        if (this.step == reached) {
            try {
                strike();
            }
            catch (RuntimeException | IOException ex) {
                throw ex;
            }
            catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        }
    }

    private void strike() throws Exception {
        if (ProcessPoolExecutor.isWorkerProcess()) {
            this.kind.commit();
            return;
        }
        switch (this.kind) {
            case EXCEPTION, STACK_OVERFLOW -> this.kind.commit();
            case HEAP_EXHAUSTED -> exhaustHarmlessly();
            case ENDLESS_LOOP -> this.release.passDeaf();
            case HALT, EXIT, SIGKILL, SIGSEGV, SIGSTOP -> {
                this.fuse.letPass();
                Await.until("process " + this.victim + " is down", () -> isDown(this.victim));
            }
        }
    }

    private static void exhaustHarmlessly() {
        long[] tooLong = new long[Integer.MAX_VALUE];
        throw new AssertionError("there was room for " + tooLong.length);
    }

    /** Whether a process is dead or stopped. */
    static boolean isDown(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty() || state(pid) == 'T';
    }

    /** As the system says: Z for a zombie, T for a stopped process. */
    static char state(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        }
        catch (IOException ex) {
            return ' ';
        }
    }

}
