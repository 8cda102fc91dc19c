// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.function.Consumer;

import dev.futures.interpreter.InterpreterPoolExecutor;
import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolExecutor;

class InterpreterPoolContractTests implements ExecutorContract {

    @Override
    public PoolExecutor pool(Consumer<PoolBuilder<?>> settings) {
        InterpreterPoolExecutor.Builder builder = InterpreterPoolExecutor.builder();
        settings.accept(builder);
        return builder.build();
    }

}
