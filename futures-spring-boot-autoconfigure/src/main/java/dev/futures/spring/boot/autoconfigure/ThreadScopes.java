// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.function.UnaryOperator;

import dev.futures.ContextCapture;

/**
 * What tasks in threads get on top of their submitter's context.
 *
 * @param around wraps what captures that context
 */
record ThreadScopes(UnaryOperator<ContextCapture> around) {

}
