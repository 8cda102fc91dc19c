// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.concurrent.Callable;

/**
 * What tests see of a future, in words.
 */
final class Observed {

    private Observed() {
    }

    /** How a future ended, without waiting for it. */
    static String ending(Promise<?> promise) {
        String text = promise.toString();
        return text.substring(text.indexOf('=') + 1, text.length() - 1) + (promise.done() ? "" : " but not done");
    }

    /** What a question is answered, be it with an exception. */
    static Object answer(Callable<?> question) {
        try {
            return question.call();
        }
        catch (Exception ex) {
            return ex.getClass().getSimpleName();
        }
    }

    /** The message of what a future was failed with. */
    static Object failure(Promise<?> promise) {
        return answer(() -> {
            Throwable thrown = promise.exception();
            return (thrown != null) ? thrown.getMessage() : "none";
        });
    }

}
