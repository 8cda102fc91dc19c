// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.ArrayList;
import java.util.List;

import dev.futures.Future;
import dev.futures.TaskAction;
import dev.futures.TaskOptions;
import dev.futures.support.Gate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fault in the initializer of a process.
 */
final class StartFaultCell extends FaultCell {

    private final PoolShelf shelf;

    StartFaultCell(FaultKind kind, PoolShape shape, PoolShelf shelf) {
        super(FaultStep.INITIALIZER, kind, shape, shelf.policy());
        this.shelf = shelf;
    }

    @Override
    void happen() throws Exception {
        Gate starts = fuse();
        FaultKind kind = kind();
        TaskAction initializer = () -> {
            starts.enter();
            kind.commit();
        };
        ProcessPoolBuilder builder = this.shelf.builder(shape()).initializer(initializer);
        if (kind.isHang()) {
            builder.startTimeout(SHORT.multipliedBy(2));
        }
        try (ProcessPoolExecutor pool = builder.build()) {
            List<Future<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < shape().workers(); i++) {
                tasks.add(watch(pool.submit(() -> 1)));
            }
            submitBacklog(pool, TaskOptions.none());
            for (Future<Integer> task : tasks) {
                String failure = row().task().check(task, kind);
                assertSaid(failure, pool, 0);
            }
            assertBroken(pool);
            assertOthersEnd();
            assertCountersAddUp(pool);
        }
        assertThat(starts.entered()).as("tries").isBetween(leastTries(), triesOfOne() * shape().workers());
    }

    /** A process that takes long to start may not have got that far. */
    private int leastTries() {
        return kind().isHang() ? 0 : triesOfOne();
    }

    private int triesOfOne() {
        boolean once = kind() == FaultKind.EXCEPTION || kind() == FaultKind.STACK_OVERFLOW
                || this.shelf.policy() == DeathPolicy.STRICT;
        return once ? 1 : 2;
    }

}
