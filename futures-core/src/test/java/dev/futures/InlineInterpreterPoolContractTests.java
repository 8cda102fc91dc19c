// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.function.Consumer;

import dev.futures.pool.PoolBuilder;
import dev.futures.pool.PoolExecutor;

import dev.futures.interpreter.InterpreterPoolExecutor;

class InlineInterpreterPoolContractTests implements InlineContract {

    @Override
    public PoolExecutor pool(Consumer<PoolBuilder<?>> settings) {
        InterpreterPoolExecutor.Builder builder = InterpreterPoolExecutor.builder().inline(true);
        settings.accept(builder);
        return builder.build();
    }

}
