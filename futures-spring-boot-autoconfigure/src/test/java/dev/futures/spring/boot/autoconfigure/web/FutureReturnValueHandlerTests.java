// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import java.io.IOException;

import dev.futures.Future;
import dev.futures.Promise;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import org.junit.jupiter.api.Test;

import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link FutureReturnValueHandler} without a server.
 */
class FutureReturnValueHandlerTests {

    private final PromiseController controller = new PromiseController();

    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(this.controller)
        .setCustomReturnValueHandlers(new FutureReturnValueHandler())
        .build();

    @Test
    void aClientThatTheServerFindsGoneCancelsTheTask() throws Exception {
        MvcResult result = this.mvc.perform(MockMvcRequestBuilders.get("/promise")).andReturn();
        assertThat(result.getRequest().isAsyncStarted()).isTrue();
        MockAsyncContext async = (MockAsyncContext) result.getRequest().getAsyncContext();
        AsyncEvent gone = new AsyncEvent(async, new IOException("connection reset"));
        for (AsyncListener listener : async.getListeners()) {
            listener.onError(gone);
            listener.onComplete(gone);
        }
        assertThat(this.controller.promise.cancelled()).isTrue();
    }

    @Test
    void aRequestThatCannotWaitCancelsTheTask() {
        assertThatThrownBy(() -> this.mvc.perform(MockMvcRequestBuilders.get("/promise").with((request) -> {
            request.setAsyncSupported(false);
            return request;
        }))).hasStackTraceContaining("Async support must be enabled");
        assertThat(this.controller.promise.cancelled()).isTrue();
    }

    @Test
    void otherValuesAreLeftToSpring() throws Exception {
        MvcResult nothing = this.mvc.perform(MockMvcRequestBuilders.get("/none")).andReturn();
        assertThat(nothing.getRequest().isAsyncStarted()).isFalse();
        assertThat(nothing.getResponse().getStatus()).isEqualTo(200);
        assertThat(nothing.getResponse().getContentAsString()).isEmpty();
        MvcResult plain = this.mvc.perform(MockMvcRequestBuilders.get("/plain")).andReturn();
        assertThat(plain.getRequest().isAsyncStarted()).isFalse();
        assertThat(plain.getResponse().getContentAsString()).isEqualTo("plain");
    }

    @RestController
    static class PromiseController {

        private final Promise<String> promise = new Promise<>();

        @GetMapping("/promise")
        Future<String> promise() {
            return this.promise;
        }

        @GetMapping("/none")
        Future<String> none() {
            return null;
        }

        @GetMapping("/plain")
        ResponseEntity<String> plain() {
            return ResponseEntity.ok("plain");
        }

    }

}
