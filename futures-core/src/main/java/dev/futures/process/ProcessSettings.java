// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ObjectInputFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.futures.TaskAction;
import org.jspecify.annotations.Nullable;

/**
 * What a process pool can be told beyond what every pool can.
 */
record ProcessSettings(DeathPolicy deathPolicy, long maxHeap, List<String> jvmOptions, Map<String, String> environment,
        @Nullable Path workingDirectory, int maxTasksPerChild, Duration startTimeout, int restartLimit, int maxPayload,
        ObjectInputFilter serialFilter, @Nullable TaskAction initializer) {

}
