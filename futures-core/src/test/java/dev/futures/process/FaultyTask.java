// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

import dev.futures.Task;

/**
 * A task with a fault at one of its steps.
 */
final class FaultyTask implements Task<Object> {

    private static final long serialVersionUID = 1L;

    private final Charge charge;

    FaultyTask(Charge charge) {
        this.charge = charge;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        this.charge.reach(FaultStep.TASK_ENCODE);
        out.defaultWriteObject();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        this.charge.reach(FaultStep.TASK_DECODE);
    }

    @Override
    public Object call() throws Exception {
        if (this.charge.step() == FaultStep.SHUTTING_DOWN) {
            this.charge.fuse().pass(1);
            this.charge.kind().commit();
        }
        if (this.charge.step() == FaultStep.RUN) {
            this.charge.kind().commit();
        }
        return new Result(this.charge);
    }

    /** What it returns. */
    static final class Result implements Serializable {

        private static final long serialVersionUID = 1L;

        private final Charge charge;

        Result(Charge charge) {
            this.charge = charge;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            this.charge.reach(FaultStep.RESULT_ENCODE);
            out.defaultWriteObject();
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            this.charge.reach(FaultStep.RESULT_DECODE);
        }

    }

}
