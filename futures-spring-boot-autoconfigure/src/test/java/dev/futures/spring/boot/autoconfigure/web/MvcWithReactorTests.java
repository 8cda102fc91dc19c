// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.ReactiveAdapterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for futures that Spring MVC is given where Reactor is on the class path.
 */
@SpringBootTest(classes = WebApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class MvcWithReactorTests extends ReturnedFutureContract {

    @Test
    void reactorIsThere() {
        assertThat(ReactiveAdapterRegistry.getSharedInstance().getAdapter(java.util.concurrent.CompletionStage.class))
            .isNotNull();
    }

}
