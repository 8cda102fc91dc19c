// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ObjectInputFilter;
import java.time.Duration;

import dev.futures.TaskAction;
import org.jspecify.annotations.Nullable;

/**
 * What a process pool can be told beyond what every pool can.
 */
record ProcessSettings(DeathPolicy deathPolicy, WorkerJvm jvm, Recycling recycling, int warmSpares,
        Duration startTimeout, Duration stopGrace, int restartLimit, int maxPayload, ObjectInputFilter serialFilter,
        @Nullable TaskAction initializer) {

    boolean isStrict() {
        return this.deathPolicy == DeathPolicy.STRICT;
    }

}
