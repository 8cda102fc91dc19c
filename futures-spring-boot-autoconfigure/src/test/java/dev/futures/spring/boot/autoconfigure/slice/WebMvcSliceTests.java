// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.slice;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What of this module is in the slice of Spring MVC.
 */
@WebMvcTest
@Import(SliceApplication.Reports.class)
class WebMvcSliceTests {

    @Autowired
    private MockMvcTester mvc;

    @Test
    void poolsCanBeInjectedAndTheirFuturesReturned() {
        assertThat(this.mvc.get().uri("/injected")).hasStatus(HttpStatus.ACCEPTED)
            .hasBodyTextEqualTo("by futuresThreadPool");
    }

    @Test
    void methodsOfImportedBeansAreSubmitted() {
        assertThat(this.mvc.get().uri("/advised")).hasStatusOk().hasBodyTextEqualTo("by futuresThreadPool");
    }

    @Test
    void aFullQueueIsUnavailable() {
        assertThat(this.mvc.get().uri("/full")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
    }

}
