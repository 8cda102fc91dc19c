// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.ArrayList;
import java.util.List;

import dev.futures.support.Work;

/**
 * How a worker process may die.
 */
enum Death {

    HALT(7, "exited with status 7") {
        @Override
        void die() {
            Runtime.getRuntime().halt(7);
        }
    },
    EXIT(8, "exited with status 8") {
        @Override
        void die() {
            System.exit(8);
        }
    },
    KILL(137, "exited with status 137 (SIGKILL)") {
        @Override
        void die() throws Exception {
            new ProcessBuilder("kill", "-9", String.valueOf(Work.pid())).start();
            Work.blockForEver();
        }
    },
    OUT_OF_MEMORY(3, "exited with status 3 (out of memory)") {
        @Override
        void die() {
            List<long[]> hoard = new ArrayList<>();
            while (true) {
                hoard.add(new long[1_000_000]);
            }
        }
    };

    private final int status;

    private final String description;

    Death(int status, String description) {
        this.status = status;
        this.description = description;
    }

    int status() {
        return this.status;
    }

    String description() {
        return this.description;
    }

    abstract void die() throws Exception;

}
