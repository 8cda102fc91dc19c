// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

import dev.futures.Task;

/**
 * An object that cannot be written, or not be read, in one of the two kinds of process.
 */
final class Fault implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What fails. */
    enum Step {

        WRITE_IN_PARENT, READ_IN_WORKER, WRITE_IN_WORKER, READ_IN_PARENT

    }

    private final Step step;

    private final boolean error;

    Fault(Step step, boolean error) {
        this.step = step;
        this.error = error;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        failAt(ProcessPoolExecutor.isWorkerProcess() ? Step.WRITE_IN_WORKER : Step.WRITE_IN_PARENT);
        out.defaultWriteObject();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        failAt(ProcessPoolExecutor.isWorkerProcess() ? Step.READ_IN_WORKER : Step.READ_IN_PARENT);
    }

    private void failAt(Step reached) {
        if (this.step == reached) {
            if (this.error) {
                throw new StackOverflowError("fault at " + reached);
            }
            throw new IllegalArgumentException("fault at " + reached);
        }
    }

    /** There and back. */
    Task<Fault> asTask() {
        Fault fault = this;
        return () -> fault;
    }

    Step step() {
        return this.step;
    }

}
