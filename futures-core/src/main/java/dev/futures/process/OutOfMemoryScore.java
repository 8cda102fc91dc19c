// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Has Linux, when there is no memory left, kill a worker rather than the application. Any
 * process may make itself more likely to be chosen.
 */
final class OutOfMemoryScore {

    static final Path FILE = Path.of("/proc/self/oom_score_adj");

    /** Half of the memory of the machine, so to speak; 1000 would be all of it. */
    static final int WORKER = 500;

    private OutOfMemoryScore() {
    }

    /** Never lowers it, which would need privileges and defeat somebody's purpose. */
    static void raise(Path file) {
        try {
            if (Integer.parseInt(Files.readString(file).strip()) < WORKER) {
                // without creating it where there is no such thing
                Files.writeString(file, Integer.toString(WORKER), StandardOpenOption.WRITE);
            }
        }
        catch (IOException | RuntimeException ex) {
            // another system, or one that forbids it: then the kernel chooses
            return;
        }
    }

}
