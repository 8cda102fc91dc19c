// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import dev.futures.BrokenExecutorException;
import dev.futures.Future;
import dev.futures.PoolListener;
import dev.futures.PoolState;
import dev.futures.TaskAction;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for what becomes of the workers of a time when a pool was broken.
 */
@ExtendWith(LeakCheck.class)
class HealTests {

    private final CountDownLatch entered = new CountDownLatch(1);

    private final CountDownLatch release = new CountDownLatch(1);

    private final AtomicInteger initialized = new AtomicInteger();

    private final LogCapture log = new LogCapture("dev.futures");

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }

    private ThreadPoolExecutor pool(TaskAction second) {
        return ThreadPoolExecutor.builder().maxWorkers(2).initializer(() -> {
            if (this.initialized.incrementAndGet() == 2) {
                second.run();
            }
        }).build();
    }

    private Integer pass() throws InterruptedException {
        this.entered.countDown();
        await(this.release);
        return 1;
    }

    private static void fail() {
        throw new IllegalStateException("no licence");
    }

    private static void awaitBroken(ThreadPoolExecutor pool) throws Exception {
        Await.until("it is broken", () -> pool.statistics().state() == PoolState.BROKEN);
    }

    @Test
    void aWorkerThatIsBusyMeanwhileLosesNothing() throws Exception {
        try (this.log; ThreadPoolExecutor pool = pool(HealTests::fail)) {
            Future<Integer> running = pool.submit(this::pass);
            await(this.entered);
            Future<Integer> lost = pool.submit(() -> 2);
            awaitBroken(pool);
            assertThatThrownBy(() -> lost.result(Await.PATIENCE)).isInstanceOf(BrokenExecutorException.class);
            assertThat(pool.heal()).isTrue();
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                waiting.add(pool.submit(() -> 3));
            }
            assertThat(pool.statistics().workers()).as("it is still seen").anyMatch((each) -> each.taskId() != null);
            this.release.countDown();
            assertThat(running.result(Await.PATIENCE)).isEqualTo(1);
            for (Future<Integer> future : waiting) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(3);
            }
        }
    }

    @Test
    void aTaskOfThatTimeIsCancelledLikeAnyOther() throws Exception {
        try (this.log; ThreadPoolExecutor pool = pool(HealTests::fail)) {
            Future<Integer> running = pool.submit(this::pass);
            await(this.entered);
            pool.submit(() -> 2);
            awaitBroken(pool);
            pool.heal();
            pool.cancelAll();
            assertThat(running.cancelled()).isTrue();
            this.release.countDown();
        }
    }

    @Test
    void aWorkerOfThatTimeDoesNotBreakThePoolAgain() throws Exception {
        CountDownLatch failing = new CountDownLatch(1);
        TaskAction initializer = () -> {
            int number = this.initialized.incrementAndGet();
            if (number == 1) {
                failing.countDown();
                await(this.release);
                fail();
            }
            if (number == 2) {
                fail();
            }
        };
        try (this.log;
                ThreadPoolExecutor pool = ThreadPoolExecutor.builder().maxWorkers(2).initializer(initializer).build()) {
            pool.submit(() -> 1);
            await(failing);
            pool.submit(() -> 2);
            awaitBroken(pool);
            assertThat(pool.heal()).isTrue();
            Future<Integer> future = pool.submit(() -> 3);
            assertThat(future.result(Await.PATIENCE)).isEqualTo(3);
            this.release.countDown();
            Await.until("the other one has ended", () -> pool.statistics().liveWorkers() == 1);
            assertThat(pool.statistics().state()).isEqualTo(PoolState.RUNNING);
            assertThat(pool.submit(() -> 4).result(Await.PATIENCE)).isEqualTo(4);
        }
    }

    @Test
    void whoeverHealsThePoolRightAwayIsHeardAfterTheBreak() throws Exception {
        assertThatBreakIsHeardFirst(ThreadPoolExecutor::heal);
    }

    @Test
    void anotherThreadThatHealsThePoolMeanwhileIsHeardAfterTheBreak() throws Exception {
        assertThatBreakIsHeardFirst((pool) -> {
            Thread other = new Thread(pool::heal);
            other.start();
            try {
                other.join(Await.PATIENCE.toMillis());
            }
            catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
            assertThat(other.isAlive()).as("it waits for the listener").isFalse();
        });
    }

    @Test
    void aLogThatThrowsKeepsNobodyFromHearingOfTheBreak() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        PoolListener hearer = new PoolListener() {

            @Override
            public void poolBroken(String pool, Throwable cause) {
                heard.add("broken");
            }

        };
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> uncaught.add(ex));
        try (ThrowingLog log = new ThrowingLog();
                ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
                    .name("unheard")
                    .maxWorkers(1)
                    .initializer(HealTests::fail)
                    .listener(hearer)
                    .build()) {
            Future<Integer> future = pool.submit(() -> 1);
            assertThat(future.exception(Await.PATIENCE)).isInstanceOf(BrokenExecutorException.class);
            Await.until("the break is heard", () -> !heard.isEmpty());
            assertThat(uncaught).first().isSameAs(log.thrown);
        }
        finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void aTaskThatIsSubmittedBeforeThoseWhoFailedAreGoneGetsAWorker() throws Exception {
        CountDownLatch failing = new CountDownLatch(1);
        TaskAction initializer = () -> {
            int number = this.initialized.incrementAndGet();
            if (number == 1) {
                failing.countDown();
                await(this.release);
            }
            if (number == 2) {
                fail();
            }
        };
        AtomicReference<ThreadPoolExecutor> broken = new AtomicReference<>();
        CompletableFuture<Future<Integer>> submitted = new CompletableFuture<>();
        PoolListener healer = new PoolListener() {

            @Override
            public void poolBroken(String pool, Throwable cause) {
                broken.get().heal();
                submitted.complete(broken.get().submit(() -> 3));
            }

        };
        try (this.log;
                ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
                    .maxWorkers(2)
                    .initializer(initializer)
                    .listener(healer)
                    .build()) {
            broken.set(pool);
            pool.submit(() -> 1);
            await(failing);
            pool.submit(() -> 2);
            Future<Integer> future = submitted.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(future.result(Await.PATIENCE)).isEqualTo(3);
            this.release.countDown();
        }
    }

    private void assertThatBreakIsHeardFirst(Consumer<ThreadPoolExecutor> healing) throws Exception {
        AtomicReference<ThreadPoolExecutor> broken = new AtomicReference<>();
        List<String> heard = new CopyOnWriteArrayList<>();
        TaskAction initializer = () -> {
            if (this.initialized.incrementAndGet() == 1) {
                fail();
            }
        };
        PoolListener healer = new PoolListener() {

            @Override
            public void poolBroken(String pool, Throwable cause) {
                healing.accept(broken.get());
            }

        };
        PoolListener hearer = new PoolListener() {

            @Override
            public void poolBroken(String pool, Throwable cause) {
                heard.add("broken");
            }

            @Override
            public void poolHealed(String pool) {
                heard.add("healed");
            }

        };
        try (this.log;
                ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
                    .initializer(initializer)
                    .listener(healer)
                    .listener(hearer)
                    .build()) {
            broken.set(pool);
            Future<Integer> lost = pool.submit(() -> 1);
            assertThatThrownBy(() -> lost.result(Await.PATIENCE)).isInstanceOf(BrokenExecutorException.class);
            Await.until("both are told", () -> heard.size() == 2);
            assertThat(heard).containsExactly("broken", "healed");
            assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
        }
    }

    @Test
    void theInitializerOfAnInlinePoolRunsAgain() throws Exception {
        TaskAction initializer = () -> {
            if (this.initialized.incrementAndGet() == 1) {
                fail();
            }
        };
        try (this.log;
                ThreadPoolExecutor pool = ThreadPoolExecutor.builder().inline(true).initializer(initializer).build()) {
            Future<Integer> lost = pool.submit(() -> 1);
            assertThatThrownBy(lost::result).isInstanceOf(BrokenExecutorException.class);
            pool.heal();
            assertThat(pool.submit(this.initialized::get).result()).isEqualTo(2);
            assertThat(pool.submit(this.initialized::get).result()).as("once").isEqualTo(2);
        }
    }

    private static final class ThrowingLog extends Handler implements AutoCloseable {

        private final Logger logger = Logger.getLogger("dev.futures");

        private final IllegalStateException thrown = new IllegalStateException("no space left on the device");

        ThrowingLog() {
            this.logger.setUseParentHandlers(false);
            this.logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord entry) {
            if (entry.getMessage().contains("is broken")) {
                throw this.thrown;
            }
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
            this.logger.removeHandler(this);
            this.logger.setUseParentHandlers(true);
        }

    }

}
