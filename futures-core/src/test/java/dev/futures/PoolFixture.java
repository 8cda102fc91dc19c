// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.function.Consumer;

import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolExecutor;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the tests that every kind of pool has to pass need to know about it.
 */
@ExtendWith(LeakCheck.class)
interface PoolFixture {

    PoolExecutor pool(Consumer<PoolBuilder<?>> settings);

    default PoolExecutor pool(int maxWorkers) {
        return pool((builder) -> builder.maxWorkers(maxWorkers));
    }

}
