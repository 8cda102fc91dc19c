// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.io.IOException;
import java.util.List;

/**
 * On which processors a parent and its child run. What a round trip costs depends on it
 * more than on anything else: to wake somebody on a processor that sleeps takes several
 * times as long as to switch to it on the same one.
 */
enum Placement {

    /** Wherever the system puts them, which may change at any time. */
    FREE("any", "any"),
    /** Both on the same processor. */
    SHARED("0", "0"),
    /** Each on one of its own. */
    APART("0", "1");

    private final String parent;

    private final String child;

    Placement(String parent, String child) {
        this.parent = parent;
        this.child = child;
    }

    String parent() {
        return this.parent;
    }

    String child() {
        return this.child;
    }

    /** Puts this JVM, with all its threads, and a child where they belong. */
    void settle(long childPid) throws IOException, InterruptedException {
        if (this != FREE) {
            taskset(this.child, childPid);
            taskset(this.parent, ProcessHandle.current().pid());
        }
    }

    /** Lets this JVM run everywhere again. */
    void leave() throws IOException, InterruptedException {
        if (this != FREE) {
            // availableProcessors would count only the one
            taskset("0-1023", ProcessHandle.current().pid());
        }
    }

    private static void taskset(String processors, long pid) throws IOException, InterruptedException {
        List<String> command = List.of("taskset", "-acp", processors, String.valueOf(pid));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
        }
    }

}
