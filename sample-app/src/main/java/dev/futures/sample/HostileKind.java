// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import dev.futures.Future;

/**
 * The hostile tasks there are.
 */
enum HostileKind {

    ENDLESS_LOOP, OUT_OF_MEMORY, HALT, KILL;

    /** The name of the task in the web API. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Future<?> submit(HostileTasks tasks, StartMark started) {
        return switch (this) {
            case ENDLESS_LOOP -> tasks.endlessLoop(started);
            case OUT_OF_MEMORY -> tasks.fillHeap(started);
            case HALT -> tasks.halt(started);
            case KILL -> tasks.kill(started);
        };
    }

    static Optional<HostileKind> of(String id) {
        return Arrays.stream(values()).filter((kind) -> kind.id().equals(id)).findAny();
    }

}
