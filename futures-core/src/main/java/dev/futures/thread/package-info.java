// SPDX-License-Identifier: Apache-2.0

/**
 * {@link dev.futures.thread.ThreadPoolExecutor}: tasks run in threads of this JVM.
 */
@NullMarked
package dev.futures.thread;

import org.jspecify.annotations.NullMarked;
