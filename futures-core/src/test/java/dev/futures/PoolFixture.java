// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.List;
import java.util.function.Consumer;

import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tests that every kind of pool has to pass need to know about it.
 */
interface PoolFixture extends ExecutorFixture {

    PoolExecutor pool(Consumer<PoolBuilder<?>> settings);

    default PoolExecutor pool(int maxWorkers) {
        return pool((builder) -> builder.maxWorkers(maxWorkers));
    }

    @Override
    default Executor executor() {
        return pool(2);
    }

    static WorkerStatistics onlyWorker(PoolExecutor pool) {
        List<WorkerStatistics> workers = pool.statistics().workers();
        assertThat(workers).hasSize(1);
        return workers.get(0);
    }

}
