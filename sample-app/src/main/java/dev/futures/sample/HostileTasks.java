// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.SubmitAsync;

import org.springframework.stereotype.Component;

/**
 * What no thread pool survives. The tasks run in the same pool of processes as the
 * documents, whose workers are replaced.
 */
@Component
public class HostileTasks {

    private static final String SURVIVED = "This was not expected.";

    /** An exit status that is easily recognised. */
    private static final int EXIT_STATUS = 42;

    private static final int CHUNK = 16 << 20;

    /**
     * Computes for ever, which only its time limit ends.
     * @param started says that the task has begun
     * @return never
     */
    @SubmitAsync(executor = "inspection", name = "endless loop", timeLimit = "${document-inspector.hostile-time-limit}")
    public Future<String> endlessLoop(StartMark started) {
        started.set();
        long number = 0;
        while (number >= 0) {
            number = (number + 1) & Long.MAX_VALUE;
        }
        return Futures.completed(SURVIVED);
    }

    /**
     * Fills the heap.
     * @param started says that the task has begun
     * @return never
     */
    @SubmitAsync(executor = "inspection", name = "out of memory")
    public Future<String> fillHeap(StartMark started) {
        started.set();
        List<byte[]> hoard = new ArrayList<>();
        while (hoard.size() < Integer.MAX_VALUE) {
            hoard.add(new byte[CHUNK]);
        }
        return Futures.completed(SURVIVED);
    }

    /**
     * Ends the JVM without a word.
     * @param started says that the task has begun
     * @return never
     */
    @SubmitAsync(executor = "inspection", name = "halt")
    public Future<String> halt(StartMark started) {
        started.set();
        Runtime.getRuntime().halt(EXIT_STATUS);
        return Futures.completed(SURVIVED);
    }

    /**
     * Kills its own process from outside, as the operating system does when memory runs
     * out. Where there is no {@code kill} the JVM is ended instead.
     * @param started says that the task has begun
     * @return never
     */
    @SubmitAsync(executor = "inspection", name = "kill")
    public Future<String> kill(StartMark started) {
        started.set();
        try {
            new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start().onExit().join();
        }
        catch (IOException ex) {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
        Runtime.getRuntime().halt(EXIT_STATUS);
        return Futures.completed(SURVIVED);
    }

}
