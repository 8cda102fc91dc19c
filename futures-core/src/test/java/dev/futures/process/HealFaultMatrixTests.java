// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import org.junit.jupiter.api.Tag;

/**
 * All faults in a pool that heals.
 */
@Tag("reliability")
class HealFaultMatrixTests extends FaultMatrix {

    HealFaultMatrixTests() {
        super(DeathPolicy.HEAL);
    }

    @Override
    boolean includes(FaultStep step, FaultKind kind, PoolShape shape) {
        return true;
    }

}
