// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.List;
import java.util.stream.Stream;

import dev.futures.support.CoverageRecorder;

/**
 * Process pools for tests: their processes start fast and are small.
 */
final class Pools {

    static final String FAST = "-XX:TieredStopAtLevel=1";

    private Pools() {
    }

    static ProcessPoolBuilder builder(int maxWorkers) {
        return ProcessPoolExecutor.builder().maxWorkers(maxWorkers).maxHeap(48 * 1024 * 1024).jvmOptions(List.of(FAST));
    }

    /** The coverage of their processes is recorded, if that of this JVM is. */
    static ProcessPoolBuilder recorded(int maxWorkers) {
        return builder(maxWorkers)
            .jvmOptions(Stream.concat(Stream.of(FAST), CoverageRecorder.options().stream()).toList());
    }

}
