// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import dev.futures.benchmarks.Python;

/**
 * What has to be there to measure something.
 */
enum Need {

    NOTHING {

        @Override
        Optional<String> absence() {
            return Optional.empty();
        }

    },

    VIRTUAL_THREADS {

        @Override
        Optional<String> absence() {
            return unless(Runtime.version().feature() >= 21, "needs JDK 21");
        }

    },

    PYTHON {

        @Override
        Optional<String> absence() {
            return unless(Python.version().isPresent(), "needs python3");
        }

    },

    /** Processes can be put on a processor. */
    PINNING {

        @Override
        Optional<String> absence() {
            return unless(canRunOn(0), "needs taskset and the first processor");
        }

    },

    /** Processes can be put on different processors. */
    PINNING_APART {

        @Override
        Optional<String> absence() {
            return unless(canRunOn(0) && canRunOn(1), "needs taskset and two processors");
        }

    },

    /** The system says in files what each process uses. */
    PROC_FILES {

        @Override
        Optional<String> absence() {
            return unless(Files.isReadable(Path.of("/proc/self/status")), "needs /proc, so Linux");
        }

    };

    /**
     * Returns why something that needs this cannot be measured in this JVM on this
     * machine.
     * @return the reason, empty if it can
     */
    abstract Optional<String> absence();

    private static Optional<String> unless(boolean there, String reason) {
        return there ? Optional.empty() : Optional.of(reason);
    }

    private static boolean canRunOn(int processor) {
        try {
            return new ProcessBuilder("taskset", "-c", String.valueOf(processor), "true")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor() == 0;
        }
        catch (IOException ex) {
            return false; // there is no such command
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

}
