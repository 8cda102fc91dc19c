// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import dev.futures.spring.InvalidSubmitAsyncException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a {@link dev.futures.spring.SubmitAsync} method that cannot work.
 */
final class InvalidSubmitAsyncFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSubmitAsyncException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, InvalidSubmitAsyncException cause) {
        return new FailureAnalysis(cause.getMessage() + ".", cause.action(), cause);
    }

}
