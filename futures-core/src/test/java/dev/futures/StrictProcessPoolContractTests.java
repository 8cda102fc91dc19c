// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.function.Consumer;

import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolExecutor;
import dev.futures.process.DeathPolicy;

class StrictProcessPoolContractTests implements ExecutorContract {

    @Override
    public PoolExecutor pool(Consumer<PoolBuilder<?>> settings) {
        return HealingProcessPoolContractTests.pool(DeathPolicy.STRICT, settings);
    }

}
