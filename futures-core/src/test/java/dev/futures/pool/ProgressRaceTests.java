// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import dev.futures.Outcome;
import dev.futures.TaskOptions;
import dev.futures.TaskProgress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reports that come as the future ends, or as somebody begins to listen. The same races,
 * at full speed, are in {@code src/jcstress}.
 */
class ProgressRaceTests {

    private static final int ROUNDS = 20_000;

    private static final TaskProgress REPORT = new TaskProgress(0.5, null);

    private final List<Runnable> whenDecided = new ArrayList<>();

    private WorkItem<String> item() {
        return new WorkItem<>(new ItemOwner() {
            @Override
            public String name() {
                return "pool";
            }

            @Override
            public PendingItems pending() {
                return new PendingItems(new ReentrantLock(), () -> {
                });
            }

            @Override
            public void ended(WorkItem<?> item, boolean wasRunning, Outcome outcome) {
                ProgressRaceTests.this.whenDecided.forEach(Runnable::run);
            }
        }, () -> "result", TaskOptions.none().withName("task"));
    }

    @Test
    void nothingIsReportedOnceTheOutcomeIsDecided() {
        WorkItem<String> silent = item();
        WorkItem<String> heard = item();
        List<TaskProgress> reports = new ArrayList<>();
        heard.addProgressListener(reports::add);
        heard.report(REPORT);
        this.whenDecided.add(() -> silent.report(new TaskProgress(1.0, null)));
        silent.complete("result");
        this.whenDecided.set(0, () -> heard.report(new TaskProgress(1.0, null)));
        heard.complete("result");
        assertThat(silent.progress()).isNull();
        assertThat(heard.progress()).isEqualTo(REPORT);
        assertThat(reports).containsExactly(REPORT);
    }

    @Test
    void whatIsSeenWithTheEndStays() throws Exception {
        List<String> changes = new CopyOnWriteArrayList<>();
        race((item) -> item.report(REPORT), (item) -> {
            item.complete("result");
            AtomicReference<TaskProgress> atTheEnd = new AtomicReference<>(item.progress());
            return () -> {
                if (item.progress() != atTheEnd.get()) {
                    changes.add(atTheEnd + " became " + item.progress());
                }
            };
        });
        assertThat(changes).isEmpty();
    }

    @Test
    void whoListensBeforeAReportHearsItAndWhoListensAfterItDoesNot() throws Exception {
        List<String> wrong = new CopyOnWriteArrayList<>();
        race((item) -> item.report(REPORT), (item) -> {
            boolean before = item.progress() == null;
            List<TaskProgress> heard = new CopyOnWriteArrayList<>();
            item.addProgressListener(heard::add);
            boolean after = item.progress() != null;
            return () -> {
                // in between either may be
                if ((!before && !heard.isEmpty()) || (!after && heard.size() != 1) || heard.size() > 1) {
                    wrong.add(before + " " + after + " " + heard);
                }
            };
        });
        assertThat(wrong).isEmpty();
    }

    private interface Left {

        void act(WorkItem<String> item);

    }

    private interface Right {

        /** Returns what to check when both have acted. */
        Runnable act(WorkItem<String> item);

    }

    private void race(Left left, Right right) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        AtomicReference<WorkItem<String>> current = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread helper = new Thread(() -> {
            try {
                for (int i = 0; i < ROUNDS; i++) {
                    barrier.await(30, TimeUnit.SECONDS);
                    left.act(current.get());
                    barrier.await(30, TimeUnit.SECONDS);
                }
            }
            catch (Throwable ex) {
                failure.set(ex);
            }
        });
        current.set(item());
        helper.start();
        for (int i = 0; i < ROUNDS; i++) {
            barrier.await(30, TimeUnit.SECONDS);
            Runnable check = right.act(current.get());
            barrier.await(30, TimeUnit.SECONDS);
            check.run();
            current.set(item());
        }
        helper.join();
        assertThat(failure).hasValue(null);
    }

}
