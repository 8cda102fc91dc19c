// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

import dev.futures.Task;

/**
 * An object that cannot be written, or not be read, on one of the two sides.
 */
record Obstacle(Step step, State state) implements Serializable {

    Obstacle(Step step, boolean error) {
        this(step, new State(step, error));
    }

    /** There and back. */
    Task<Obstacle> asTask() {
        Obstacle obstacle = this;
        return () -> obstacle;
    }

    /** What fails. */
    enum Step {

        WRITE_OUTSIDE, READ_INSIDE, WRITE_INSIDE, READ_OUTSIDE

    }

    /** An exception of the application. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }

    }

    private static final class State implements Serializable {

        private static final long serialVersionUID = 1L;

        private final Step step;

        private final boolean error;

        State(Step step, boolean error) {
            this.step = step;
            this.error = error;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            failAt(World.isOutside() ? Step.WRITE_OUTSIDE : Step.WRITE_INSIDE);
            out.defaultWriteObject();
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            failAt(World.isOutside() ? Step.READ_OUTSIDE : Step.READ_INSIDE);
        }

        private void failAt(Step reached) {
            if (this.step == reached) {
                if (this.error) {
                    throw new StackOverflowError("obstacle at " + reached);
                }
                throw new Refusal("obstacle at " + reached);
            }
        }

    }

}
