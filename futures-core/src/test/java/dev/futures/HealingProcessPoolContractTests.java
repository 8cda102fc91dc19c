// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.List;
import java.util.function.Consumer;

import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolExecutor;
import dev.futures.process.DeathPolicy;
import dev.futures.process.ProcessPoolBuilder;
import dev.futures.process.ProcessPoolExecutor;

class HealingProcessPoolContractTests implements ExecutorContract {

    @Override
    public PoolExecutor pool(Consumer<PoolBuilder<?>> settings) {
        return pool(DeathPolicy.HEAL, settings);
    }

    static PoolExecutor pool(DeathPolicy deathPolicy, Consumer<PoolBuilder<?>> settings) {
        ProcessPoolBuilder builder = ProcessPoolExecutor.builder()
            .deathPolicy(deathPolicy)
            .maxHeap(64 * 1024 * 1024)
            .jvmOptions(List.of("-XX:TieredStopAtLevel=1"));
        settings.accept(builder);
        return builder.build();
    }

}
