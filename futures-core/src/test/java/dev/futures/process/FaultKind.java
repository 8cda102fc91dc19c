// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.futures.support.Work;

/**
 * What may go wrong in a process.
 */
enum FaultKind {

    EXCEPTION("planted fault") {
        @Override
        void commit() {
            throw new IllegalStateException("planted fault");
        }
    },
    HALT("exited with status 7") {
        @Override
        void commit() {
            Runtime.getRuntime().halt(7);
        }
    },
    EXIT("exited with status 8") {
        @Override
        void commit() {
            System.exit(8);
        }
    },
    SIGKILL("exited with status 137 (SIGKILL)") {
        @Override
        void commit() throws Exception {
            signal("-KILL");
        }
    },
    /** A JVM answers it with a crash report and ends itself with status 1. */
    SIGSEGV("SIGSEGV") {
        @Override
        void commit() throws Exception {
            signal("-SEGV");
        }
    },
    HEAP_EXHAUSTED("exited with status 3 (out of memory)") {
        @Override
        void commit() {
            List<long[]> hoard = new ArrayList<>();
            while (true) {
                hoard.add(new long[100_000]);
            }
        }
    },
    STACK_OVERFLOW("StackOverflowError") {
        @Override
        void commit() {
            descend(0);
        }
    },
    ENDLESS_LOOP("limit") {
        @Override
        void commit() {
            Work.spinForEver();
        }
    },
    SIGSTOP("limit") {
        @Override
        void commit() throws Exception {
            signal("-STOP");
        }
    };

    private final String words;

    FaultKind(String words) {
        this.words = words;
    }

    /** Does it to the process of the caller. */
    abstract void commit() throws Exception;

    /** What a message about it has to say. */
    String words() {
        return this.words;
    }

    /** Whether it ends the process, or at least that of a worker. */
    boolean isDeath() {
        return switch (this) {
            case HALT, EXIT, SIGKILL, SIGSEGV, HEAP_EXHAUSTED -> true;
            case EXCEPTION, STACK_OVERFLOW, ENDLESS_LOOP, SIGSTOP -> false;
        };
    }

    /** Whether it only ends by a limit. */
    boolean isHang() {
        return this == ENDLESS_LOOP || this == SIGSTOP;
    }

    private static void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, String.valueOf(Work.pid())).start();
        Work.blockForEver();
    }

    private static int descend(int depth) {
        return descend(depth + 1) + 1;
    }

}
