// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What examples load before they need it.
 */
final class Greetings {

    static final AtomicInteger loaded = new AtomicInteger();

    private Greetings() {
    }

    static void load() {
        loaded.incrementAndGet();
    }

}
