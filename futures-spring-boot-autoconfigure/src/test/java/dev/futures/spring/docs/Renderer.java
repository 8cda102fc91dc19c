// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.SubmitAsync;

import org.springframework.stereotype.Component;

// tag::renderer[]
@Component
class Renderer {

    @SubmitAsync(executor = "#{#page.large() ? 'documents' : 'mail'}", name = "render #{#page.title()}",
            priority = "#{#page.urgent() ? 10 : 0}", timeLimit = "${render.time-limit:30s}", queueTimeLimit = "1m")
    public Future<String> render(Page page) {
        return Futures.completed("<h1>" + page.title() + "</h1>");
    }

    @SubmitAsync("mail")
    public void discard(Page page) {
        throw new IllegalStateException("there is no page " + page.title());
    }

}
// end::renderer[]
