// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import dev.futures.process.ProcessPoolExecutor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request of Spring MVC that takes too long for its task, which hangs. The only worker
 * takes another task when that one has been stopped, or if it never started.
 */
@TestPropertySource(
        properties = { "spring.mvc.async.request-timeout=500ms", "futures.thread-pools.threads.max-workers=1",
                "futures.process-pools.processes.max-workers=1", "futures.process-pools.processes.max-heap=128MB" })
abstract class EndOfRequestContract {

    @LocalServerPort
    private int port;

    @Autowired
    private ThreadPoolExecutor threads;

    @Autowired
    private ProcessPoolExecutor processes;

    @ParameterizedTest
    @ValueSource(strings = { "/hanging", "/hanging-in-entity" })
    void aRequestThatTakesTooLongIsUnavailableAndItsTaskInterrupted(String path) throws Exception {
        assertThat(new Client(this.port).get(path).statusCode()).isEqualTo(503);
        assertThat(this.threads.submit(() -> "free").result(Client.PATIENCE)).isEqualTo("free");
    }

    @Test
    void aRequestThatTakesTooLongIsUnavailableAndItsProcessKilled() throws Exception {
        assertThat(this.processes.submit(() -> "ready").result(Client.PATIENCE)).isEqualTo("ready");
        assertThat(new Client(this.port).get("/hanging-process").statusCode()).isEqualTo(503);
        assertThat(this.processes.submit(() -> "free").result(Client.PATIENCE)).isEqualTo("free");
    }

}
