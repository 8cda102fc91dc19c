// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.futures.Future;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that are replaced after some tasks.
 */
@ExtendWith(LeakCheck.class)
class RecyclingTests {

    @Test
    void aProcessRunsAsManyTasksAsItMay() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).maxTasksPerChild(3).build()) {
            List<Long> pids = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                pids.add(pool.submit(Work::pid).result(Await.PATIENCE));
            }
            assertThat(pids.subList(0, 3)).containsOnly(pids.get(0));
            assertThat(pids.subList(3, 6)).containsOnly(pids.get(3)).doesNotContain(pids.get(0));
            assertThat(pids.get(6)).isNotIn(pids.subList(0, 6));
            assertThat(pool.statistics().restarts()).as("recycling is no accident").isZero();
        }
    }

    @Test
    void aBacklogIsDoneByOneProcessAfterTheOther() throws Exception {
        List<Future<Long>> futures = new ArrayList<>();
        try (ProcessPoolExecutor pool = Pools.builder(2).maxTasksPerChild(2).build()) {
            for (int i = 0; i < 10; i++) {
                futures.add(pool.submit(Work::pid));
            }
        }
        Map<Long, Integer> counts = new LinkedHashMap<>();
        for (Future<Long> future : futures) {
            counts.merge(future.result(), 1, Integer::sum);
        }
        assertThat(counts.values()).allMatch((count) -> count <= 2);
        assertThat(counts).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void shutdownWhileProcessesAreReplacedDoesTheRest() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        ProcessPoolExecutor pool = Pools.builder(2).maxTasksPerChild(1).build();
        for (int i = 0; i < 6; i++) {
            int number = i;
            futures.add(pool.submit(() -> {
                if (number % 3 == 2) {
                    throw new IllegalStateException("task " + number);
                }
                return number;
            }));
        }
        pool.shutdown(false, false);
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        for (int i = 0; i < 6; i++) {
            if (i % 3 == 2) {
                assertThat(futures.get(i).exception()).hasMessage("task " + i);
            }
            else {
                assertThat(futures.get(i).result()).isEqualTo(i);
            }
        }
    }

    @Test
    void aFailingTaskCountsToo() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).maxTasksPerChild(1).build()) {
            long first = pool.submit(Work::pid).result(Await.PATIENCE);
            assertThat(pool.submit(() -> {
                throw new IllegalStateException("process " + Work.pid());
            }).exception(Await.PATIENCE)).hasMessageNotContaining("process " + first);
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isNotEqualTo(first);
        }
    }

}
