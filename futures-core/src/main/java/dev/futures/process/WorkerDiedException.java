// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.List;

/**
 * The outcome of a task whose process died while it was running it. The message says
 * which process, how it ended, which task it was and what happens now, followed by the
 * last lines that the process wrote to its standard error.
 */
public class WorkerDiedException extends BrokenProcessPoolException {

    private static final long serialVersionUID = 1L;

    /** The process that died. */
    private final long pid;

    /** How the process ended. */
    private final int exitStatus;

    /** The last lines of its standard error. */
    private final String[] lastOutput;

    /**
     * Creates an exception.
     * @param message what happened
     * @param pid the process
     * @param exitStatus its exit status, 128 plus the number of the signal if it was
     * killed by one
     * @param lastOutput the last lines of its standard error
     */
    public WorkerDiedException(String message, long pid, int exitStatus, List<String> lastOutput) {
        super(message, null);
        this.pid = pid;
        this.exitStatus = exitStatus;
        this.lastOutput = lastOutput.toArray(String[]::new);
    }

    /**
     * Returns the process that died.
     * @return the process id
     */
    public long pid() {
        return this.pid;
    }

    /**
     * Returns how the process ended.
     * @return the exit status, 128 plus the number of the signal if it was killed by one
     */
    public int exitStatus() {
        return this.exitStatus;
    }

    /**
     * Returns the last lines that the process wrote to its standard error.
     * @return the lines
     */
    public List<String> lastOutput() {
        return List.of(this.lastOutput);
    }

}
