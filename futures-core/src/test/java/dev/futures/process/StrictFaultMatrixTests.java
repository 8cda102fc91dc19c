// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import org.junit.jupiter.api.Tag;

/**
 * All faults in a pool that follows Python's rule.
 */
@Tag("reliability")
class StrictFaultMatrixTests extends FaultMatrix {

    StrictFaultMatrixTests() {
        super(DeathPolicy.STRICT);
    }

    @Override
    boolean includes(FaultStep step, FaultKind kind, PoolShape shape) {
        return true;
    }

}
