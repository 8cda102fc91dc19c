// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a pool that cannot be made as its properties say.
 */
final class InvalidPoolFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPoolException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, InvalidPoolException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
    }

}
