// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.util.concurrent.atomic.AtomicReference;
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

    /** Where to put the analysis; there is one only while a context is started here. */
    private static final ThreadLocal<@Nullable AtomicReference<@Nullable FailureAnalysis>> current = new ThreadLocal<>();

    @Override
    public void report(FailureAnalysis analysis) {
        AtomicReference<@Nullable FailureAnalysis> reported = current.get();
        if (reported != null) {
            reported.set(analysis);
        }
    }

    /**
     * Starts a context.
     * @throws IllegalStateException that says why it did not start and what to do
     */
    static <T> T explain(Supplier<T> start) {
        AtomicReference<@Nullable FailureAnalysis> reported = new AtomicReference<>();
        current.set(reported);
        try {
            return start.get();
        }
        catch (RuntimeException ex) {
            throw new IllegalStateException(
                    "the application context of the worker process did not start: " + explanation(ex, reported.get()),
                    ex);
        }
        finally {
            current.remove();
        }
    }

    private static String explanation(RuntimeException failure, @Nullable FailureAnalysis analysis) {
        if (analysis == null) {
            return NestedExceptionUtils.getMostSpecificCause(failure).toString();
        }
        String action = analysis.getAction();
        return analysis.getDescription().strip() + ((action != null) ? "\n" + action.strip() : "");
    }

}
