// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.ReactiveAdapterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for futures that Spring MVC is given where Reactor is not on the class path.
 */
@SpringBootTest(classes = WebApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Tag("without-reactor")
class MvcWithoutReactorTests extends ReturnedFutureContract {

    @Test
    void reactorIsNotThere() {
        assertThat(ReactiveAdapterRegistry.getSharedInstance().getAdapter(java.util.concurrent.CompletionStage.class))
            .isNull();
    }

}
