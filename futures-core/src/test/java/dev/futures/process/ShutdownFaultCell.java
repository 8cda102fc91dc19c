// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import dev.futures.Future;
import dev.futures.TaskOptions;
import dev.futures.support.Await;
import dev.futures.support.Work;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fault after shutdown: in a task that is still running, and in another pool in a
 * shutdown hook of a process that was asked to end.
 */
final class ShutdownFaultCell extends FaultCell {

    private final PoolShelf shelf;

    private final Farewell farewell;

    ShutdownFaultCell(FaultKind kind, PoolShape shape, PoolShelf shelf, Farewell farewell) {
        super(FaultStep.SHUTTING_DOWN, kind, shape, shelf.policy());
        this.shelf = shelf;
        this.farewell = farewell;
    }

    @Override
    void happen() throws Exception {
        ProcessPoolExecutor pool = this.shelf.builder(shape()).build();
        try {
            strikeInATask(pool);
            assertThat(pool.awaitTermination(Await.PATIENCE)).as("the end of the pool").isTrue();
            assertCountersAddUp(pool);
        }
        finally {
            pool.killWorkers();
        }
        this.farewell.assertEnds();
    }

    private void strikeInATask(ProcessPoolExecutor pool) throws Exception {
        if (shape() == PoolShape.SEVERAL_WORKERS) {
            submitOther(pool);
        }
        long victim = watch(pool.submit(Work::pid)).result(Await.PATIENCE);
        TaskOptions options = TaskOptions.named("faulty").withTimeLimit(kind().isHang() ? SHORT : null);
        Future<Object> faulty = watch(pool.submit(new FaultyTask(charge(victim)), options));
        if (!kind().isHang()) {
            fuse().awaitEntered(1);
        }
        if (shape() == PoolShape.WITH_A_BACKLOG) {
            submitBacklog(pool, TaskOptions.none());
        }
        pool.shutdown(false, false);
        fuse().letPass();
        String failure = row().task().check(faulty, kind());
        if (!row().broken()) {
            gate().letPass();
        }
        assertOthersEnd();
        assertSaid(failure, pool, victim);
        assertGone(victim);
    }

}
