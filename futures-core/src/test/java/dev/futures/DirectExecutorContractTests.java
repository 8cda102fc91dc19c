// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import dev.futures.thread.DirectExecutor;

class DirectExecutorContractTests implements BasicContract {

    @Override
    public Executor executor() {
        return new DirectExecutor();
    }

}
