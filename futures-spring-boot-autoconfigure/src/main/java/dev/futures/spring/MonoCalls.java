// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.util.function.Supplier;

import dev.futures.Future;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Calls of methods that return a Mono. Loaded only where Reactor is there.
 */
final class MonoCalls {

    private MonoCalls() {
    }

    /** Returns a Mono that submits a task for each of its subscribers. */
    static Object of(Supplier<Future<@Nullable Object>> submission) {
        return Mono.fromCompletionStage(submission);
    }

}
