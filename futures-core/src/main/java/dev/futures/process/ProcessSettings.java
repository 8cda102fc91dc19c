// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import dev.futures.TaskAction;
import org.jspecify.annotations.Nullable;

/**
 * What a process pool can be told beyond what every pool can.
 */
record ProcessSettings(DeathPolicy deathPolicy, WorkerJvm jvm, Recycling recycling, int warmSpares,
        Duration startTimeout, Duration stopGrace, int restartLimit, int maxPayload, ObjectInputFilter serialFilter,
        @Nullable TaskAction initializer, UnaryOperator<String> names) {

    /** The settings that messages tell to change. */
    static final List<String> NAMED = List.of("maxHeap", "maxPayload", "serialFilter", "startTimeout", "maxWorkers",
            "maxMemoryPerChild", "maxTasksPerChild", "maxAgePerChild", "jvmOptions");

    /** Returns what messages call a setting, given its name in the builder. */
    String name(String setting) {
        return this.names.apply(setting);
    }

    /**
     * Tells what is set, by its name in the builder. Values of options and variables may
     * be secret.
     */
    void describe(BiConsumer<String, Object> settings) {
        settings.accept("deathPolicy", this.deathPolicy);
        settings.accept("restartLimit", this.restartLimit);
        this.jvm.describe(settings);
        this.recycling.describe(settings);
        settings.accept("warmSpares", this.warmSpares);
        settings.accept("startTimeout", this.startTimeout);
        settings.accept("stopGrace", this.stopGrace);
        settings.accept("maxPayload", this.maxPayload);
    }

    boolean isStrict() {
        return this.deathPolicy == DeathPolicy.STRICT;
    }

}
