// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.threads;

import java.io.IOException;

import dev.futures.benchmarks.Python;

/**
 * A load that a Python process does.
 */
final class PythonLoad implements Load {

    private final Python python = new Python("threads.py");

    private final String command;

    PythonLoad(String command) throws IOException {
        this.command = command;
    }

    @Override
    public Object run() throws IOException {
        return this.python.run(this.command);
    }

    @Override
    public void close() throws IOException {
        this.python.close();
    }

}
