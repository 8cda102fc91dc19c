// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the tests that every executor has to pass need to know about it, be it a pool or
 * not.
 */
@ExtendWith(LeakCheck.class)
interface ExecutorFixture {

    Executor executor();

}
