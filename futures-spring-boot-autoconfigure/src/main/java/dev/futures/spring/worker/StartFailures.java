// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.core.NestedExceptionUtils;

/**
 * Tells the parent why the application context of a worker process did not start, in the
 * words of Boot's failure analysis if there is one. Does nothing in other applications.
 */
final class StartFailures implements FailureAnalysisReporter {

    private static final ThreadLocal<@Nullable FailureAnalysis> last = new ThreadLocal<>();

    @Override
    public void report(FailureAnalysis analysis) {
        last.set(analysis);
    }

    /**
     * Starts a context.
     * @throws IllegalStateException that says why it did not start and what to do
     */
    static <T> T explain(Supplier<T> start) {
        last.remove();
        try {
            return start.get();
        }
        catch (RuntimeException ex) {
            throw new IllegalStateException(
                    "the application context of the worker process did not start: " + explanation(ex), ex);
        }
        finally {
            last.remove();
        }
    }

    private static String explanation(RuntimeException failure) {
        FailureAnalysis analysis = last.get();
        if (analysis == null) {
            return NestedExceptionUtils.getMostSpecificCause(failure).toString();
        }
        String action = analysis.getAction();
        return analysis.getDescription().strip() + ((action != null) ? "\n" + action.strip() : "");
    }

}
