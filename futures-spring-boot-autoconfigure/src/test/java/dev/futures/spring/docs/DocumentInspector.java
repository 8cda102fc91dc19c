// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.SubmitAsync;

import org.springframework.stereotype.Component;

// tag::worker-bean[]
@Component
class DocumentInspector {

    private final PageCounter counter;

    private final Limits limits;

    DocumentInspector(PageCounter counter, Limits limits) {
        this.counter = counter;
        this.limits = limits;
    }

    @SubmitAsync("documents")
    public Future<Integer> countPages(byte[] document) { // runs in a child JVM, on the
                                                         // bean there
        return Futures.completed(Math.min(this.counter.count(document), this.limits.pages()));
    }

}
// end::worker-bean[]
