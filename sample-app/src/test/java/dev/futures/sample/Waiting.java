// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import org.awaitility.Awaitility;

/** The only place that polls, with a limit. */
final class Waiting {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Waiting() {
    }

    static <T> T until(String what, Callable<T> supplier, Predicate<? super T> condition) {
        return within(PATIENCE, what, supplier, condition);
    }

    static <T> T within(Duration limit, String what, Callable<T> supplier, Predicate<? super T> condition) {
        return Awaitility.await(what)
            .atMost(limit)
            .pollInterval(Duration.ofMillis(20))
            .pollDelay(Duration.ZERO)
            .until(supplier, condition);
    }

}
