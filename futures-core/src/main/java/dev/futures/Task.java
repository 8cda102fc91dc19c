// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.Serializable;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work with a result. It is serializable, so that one lambda runs in any kind
 * of pool; only pools of processes and of interpreters do serialize it, and then whatever
 * the lambda captures has to be serializable as well.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface Task<T extends @Nullable Object> extends Callable<T>, Serializable {

}
