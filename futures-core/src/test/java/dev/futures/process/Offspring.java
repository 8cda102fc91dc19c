// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.futures.support.Await;

/**
 * What a task may start that does not end by itself.
 */
enum Offspring {

    CHILD("exec sleep %1$s", 1),

    SHELL("sleep %1$s & sleep %1$s", 2),

    SESSION("setsid sleep %1$s", 1),

    /** Its parent ends before the worker does, so that nobody knows whose child it is. */
    DAEMON("setsid sh -c 'nohup sleep %1$s > /dev/null 2>&1 &' &", 1);

    private final String script;

    private final int count;

    Offspring(String script, int count) {
        this.script = script;
        this.count = count;
    }

    /** By which a test finds what it has started: it is how long the processes sleep. */
    static String tag() {
        return "300." + ThreadLocalRandom.current().nextInt(100_000_000, 1_000_000_000);
    }

    /** Starts it and waits until it is there. */
    void start(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", String.format(this.script, name)).inheritIO().start();
        Await.until("it has been started", () -> count(name) == this.count);
    }

    static long count(String name) {
        return ProcessHandle.allProcesses()
            .filter((process) -> process.info().command().orElse("").endsWith("sleep")
                    || process.info().command().orElse("").endsWith("coreutils"))
            .filter((process) -> List.of(process.info().arguments().orElse(new String[0])).contains(name))
            .count();
    }

}
