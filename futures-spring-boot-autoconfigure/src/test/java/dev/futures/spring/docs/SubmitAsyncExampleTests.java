// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the examples of {@code @SubmitAsync} in docs/spring.md.
 */
class SubmitAsyncExampleTests {

    @Test
    void callsBecomeTasks() {
        Examples.runner("pools.yaml")
            .withBean(Gallery.class)
            .withBean(Renderer.class)
            .withUserConfiguration(Failures.class)
            .run((context) -> {
                Renderer renderer = context.getBean(Renderer.class);
                Page page = new Page("one", false, true);
                assertThat(renderer.render(page).result()).isEqualTo("<h1>one</h1>");
                assertThat(renderer.render(new Page("two", true, false)).result()).isEqualTo("<h1>two</h1>");
                assertThat(context.getBean(Gallery.class).preview(page).result()).isEqualTo("preview of one");
                renderer.discard(page);
                assertThat(context.getBean(Failures.class).failed().poll(30, TimeUnit.SECONDS)).isEqualTo("discard");
            });
    }

}
