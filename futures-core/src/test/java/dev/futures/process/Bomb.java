// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

import dev.futures.Task;

/**
 * A task that kills its process at a given moment.
 */
final class Bomb implements Task<Object> {

    private static final long serialVersionUID = 1L;

    /** The moments. */
    enum Moment {

        DECODE, RUN, ENCODE

    }

    private final Moment moment;

    private final Death death;

    Bomb(Moment moment, Death death) {
        this.moment = moment;
        this.death = death;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        if (this.moment == Moment.DECODE) {
            dieOf(this.death);
        }
    }

    @Override
    public Object call() throws Exception {
        if (this.moment == Moment.RUN) {
            this.death.die();
        }
        return new Result(this.death);
    }

    private static void dieOf(Death death) throws IOException {
        try {
            death.die();
        }
        catch (Exception ex) {
            throw new IOException(ex);
        }
    }

    /** Explodes when it is serialized. */
    private static final class Result implements Serializable {

        private static final long serialVersionUID = 1L;

        private final Death death;

        Result(Death death) {
            this.death = death;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            dieOf(this.death);
        }

    }

}
