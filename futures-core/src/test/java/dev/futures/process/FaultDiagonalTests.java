// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import org.junit.jupiter.api.Nested;

/**
 * Some cells of the matrix of faults, with every step, every fault, every shape and both
 * policies among them. {@link HealFaultMatrixTests} and {@link StrictFaultMatrixTests}
 * have them all.
 */
class FaultDiagonalTests {

    private static boolean isOnDiagonal(FaultStep step, FaultKind kind, PoolShape shape, int offset) {
        int sum = step.ordinal() + kind.ordinal();
        return sum % 6 == offset && (sum / 6 + step.ordinal()) % 3 == shape.ordinal();
    }

    /** In a pool that heals. */
    @Nested
    class Heal extends FaultMatrix {

        Heal() {
            super(DeathPolicy.HEAL);
        }

        @Override
        boolean includes(FaultStep step, FaultKind kind, PoolShape shape) {
            return isOnDiagonal(step, kind, shape, 0);
        }

    }

    /** In a pool that follows Python's rule. */
    @Nested
    class Strict extends FaultMatrix {

        Strict() {
            super(DeathPolicy.STRICT);
        }

        @Override
        boolean includes(FaultStep step, FaultKind kind, PoolShape shape) {
            return isOnDiagonal(step, kind, shape, 3);
        }

    }

}
