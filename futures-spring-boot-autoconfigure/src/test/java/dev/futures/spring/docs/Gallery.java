// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.spring.SubmitAsync;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

// tag::unfinished[]
@Component
class Gallery {

    private final Executor isolated;

    Gallery(@Qualifier("documents") Executor isolated) {
        this.isolated = isolated;
    }

    @SubmitAsync("mail")
    public Future<String> preview(Page page) {
        return this.isolated.submit(() -> "preview of " + page.title());
    }

}
// end::unfinished[]
