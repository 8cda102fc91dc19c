// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.io.IOException;

import dev.futures.benchmarks.Python;

/**
 * CPython's process pool, told to do the same thing again and again.
 */
final class PythonPool implements Contestant {

    private final Python process = new Python("processes.py");

    private final String command;

    /**
     * Starts it.
     * @param workers the number of workers
     * @param place where they run
     * @param command what it is to do each time
     */
    PythonPool(int workers, Placement place, String command) throws IOException {
        this.command = command;
        this.process.run("pool " + workers + " " + place.parent() + " " + place.child());
    }

    @Override
    public Object run() throws IOException {
        return this.process.run(this.command);
    }

    @Override
    public void close() throws IOException {
        this.process.close();
    }

}
