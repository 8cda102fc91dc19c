// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.List;

/**
 * Process pools for tests: their processes start fast and are small.
 */
final class Pools {

    static final String FAST = "-XX:TieredStopAtLevel=1";

    private Pools() {
    }

    static ProcessPoolExecutor.Builder builder(int maxWorkers) {
        return ProcessPoolExecutor.builder().maxWorkers(maxWorkers).maxHeap(48 * 1024 * 1024).jvmOptions(List.of(FAST));
    }

}
