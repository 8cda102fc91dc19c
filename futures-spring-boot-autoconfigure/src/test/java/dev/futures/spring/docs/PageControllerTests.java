// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import dev.futures.spring.test.AutoConfigureFutures;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

@TestPropertySource(properties = "spring.config.location=classpath:dev/futures/spring/docs/pools.yaml")
// tag::controller-test[]
@WebMvcTest(PageController.class)
@AutoConfigureFutures // tasks run inline: they are done when the call returns
@Import(Renderer.class)
class PageControllerTests {

    @Test
    void showsThePage(@Autowired MockMvcTester mvc) {
        assertThat(mvc.get().uri("/pages/one")).hasStatusOk().bodyText().isEqualTo("<h1>one</h1>");
    }

    @Test
    void acceptsTheDraft(@Autowired MockMvcTester mvc) {
        assertThat(mvc.get().uri("/drafts/one")).hasStatus(202).bodyText().isEqualTo("<h1>one</h1>");
    }

}
// end::controller-test[]
