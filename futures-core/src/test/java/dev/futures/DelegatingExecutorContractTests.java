// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.concurrent.Executors;

import dev.futures.thread.DelegatingExecutor;

class DelegatingExecutorContractTests implements BasicContract {

    @Override
    public Executor executor() {
        return new DelegatingExecutor("wrapped", Executors.newFixedThreadPool(2));
    }

}
