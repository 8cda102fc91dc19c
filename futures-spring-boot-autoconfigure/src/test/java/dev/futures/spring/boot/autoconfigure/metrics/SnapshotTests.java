// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.futures.Executor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link Snapshot}.
 */
class SnapshotTests {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

    private final AtomicInteger taken = new AtomicInteger();

    private final AtomicInteger ends = new AtomicInteger();

    private Snapshot of(Executor pool) {
        Executor counted = mock(Executor.class);
        given(counted.statistics()).willAnswer((invocation) -> {
            this.taken.incrementAndGet();
            return pool.statistics();
        });
        return new Snapshot(counted, this.ends::incrementAndGet, this.nanoTime::get);
    }

    @Test
    void statisticsAreTakenOnceForAllThatIsReadInARow() {
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().maxWorkers(1).build()) {
            Snapshot snapshot = of(pool);
            assertThat(snapshot.get()).isSameAs(snapshot.get());
            this.nanoTime.addAndGet(Snapshot.MAX_AGE.toNanos() - 1);
            snapshot.get();
            assertThat(this.taken).hasValue(1);
            this.nanoTime.incrementAndGet();
            snapshot.get();
            assertThat(this.taken).hasValue(2);
        }
    }

    @Test
    void theEndOfThePoolIsNoticedWithTheFirstStatisticsAfterIt() {
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().maxWorkers(1).build()) {
            Snapshot snapshot = of(pool);
            snapshot.get();
            pool.close();
            snapshot.get();
            assertThat(this.ends).hasValue(0);
            this.nanoTime.addAndGet(Snapshot.MAX_AGE.toNanos());
            snapshot.get();
            assertThat(this.ends).hasValue(1);
        }
    }

}
