// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.function.Consumer;

import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolExecutor;
import dev.futures.process.ProcessPoolBuilder;
import dev.futures.process.ProcessPoolExecutor;

class InlineProcessPoolContractTests implements InlineContract {

    @Override
    public PoolExecutor pool(Consumer<PoolBuilder<?>> settings) {
        ProcessPoolBuilder builder = ProcessPoolExecutor.builder().inline(true);
        settings.accept(builder);
        return builder.build();
    }

}
