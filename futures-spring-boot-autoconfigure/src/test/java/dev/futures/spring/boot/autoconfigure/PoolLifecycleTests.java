// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.futures.Future;
import dev.futures.PoolState;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolLifecycle} and {@link PoolCloser}.
 */
class PoolLifecycleTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.thread-pools.reports.max-workers=1");

    @Test
    void stopDrainsAndPausesAndStartResumes() {
        this.runner.run((context) -> {
            ThreadPoolExecutor pool = context.getBean("reports", ThreadPoolExecutor.class);
            CountDownLatch stopping = new CountDownLatch(1);
            Future<Boolean> running = pool.submit(() -> stopping.await(20, TimeUnit.SECONDS));
            Future<Integer> waiting = pool.submit(() -> 1);
            Thread stopper = new Thread(context::stop);
            stopper.start();
            stopping.countDown();
            stopper.join(20_000);
            assertThat(running.result()).isTrue();
            assertThat(waiting.done()).isTrue();
            assertThat(pool.statistics().state()).isEqualTo(PoolState.PAUSED);
            Future<Integer> paused = pool.submit(() -> 2);
            assertThat(paused.done()).isFalse();
            context.start();
            assertThat(paused.result()).isEqualTo(2);
            assertThat(pool.statistics().state()).isEqualTo(PoolState.RUNNING);
        });
    }

    @Test
    void whatATaskSubmitsToAnotherPoolAsItEndsIsDrainedToo() {
        this.runner.withPropertyValues("futures.thread-pools.mail.max-workers=1").run((context) -> {
            ThreadPoolExecutor reports = context.getBean("reports", ThreadPoolExecutor.class);
            ThreadPoolExecutor mail = context.getBean("mail", ThreadPoolExecutor.class);
            CountDownLatch stopping = new CountDownLatch(1);
            CompletableFuture<Integer> fromReports = new CompletableFuture<>();
            CompletableFuture<Integer> fromMail = new CompletableFuture<>();
            Future<Boolean> inReports = reports.submit(() -> stopping.await(20, TimeUnit.SECONDS));
            Future<Boolean> inMail = mail.submit(() -> stopping.await(20, TimeUnit.SECONDS));
            inReports.addDoneCallback((done) -> mail.submit(() -> fromReports.complete(1)));
            inMail.addDoneCallback((done) -> reports.submit(() -> fromMail.complete(2)));
            Thread stopper = new Thread(context::stop);
            stopper.start();
            stopping.countDown();
            stopper.join(20_000);
            assertThat(fromReports).isCompletedWithValue(1);
            assertThat(fromMail).isCompletedWithValue(2);
        });
    }

    @Test
    void tasksThatDoNotEndInTimeAreStopped() {
        this.runner.withPropertyValues("futures.shutdown.await-termination=50ms").run((context) -> {
            ThreadPoolExecutor pool = context.getBean("reports", ThreadPoolExecutor.class);
            CountDownLatch started = new CountDownLatch(1);
            Future<?> endless = pool.submit(() -> {
                started.countDown();
                new CountDownLatch(1).await();
            });
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
            context.close();
            assertThat(endless.cancelled()).isTrue();
            assertThat(pool.statistics().state()).isEqualTo(PoolState.TERMINATED);
        });
    }

    @Test
    void closingDoesNotWaitForAThreadThatDoesNotListen() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        this.runner.withPropertyValues("futures.shutdown.await-termination=50ms").run((context) -> {
            ThreadPoolExecutor pool = context.getBean("reports", ThreadPoolExecutor.class);
            CountDownLatch started = new CountDownLatch(1);
            pool.submit(() -> {
                started.countDown();
                awaitUninterruptibly(release);
                ended.countDown();
            });
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
            context.close();
            assertThat(ended.getCount()).isOne();
        });
        release.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                open = latch.await(60, TimeUnit.SECONDS);
            }
            catch (InterruptedException ex) {
                // this thread does not listen
            }
        }
    }

    @Test
    void aPoolOfTheUserIsClosedAsTheUserSays() {
        AtomicReference<ThreadPoolExecutor> own = new AtomicReference<>();
        this.runner
            .withBean("own", ThreadPoolExecutor.class, PoolLifecycleTests::pool,
                    (definition) -> ((AbstractBeanDefinition) definition).setDestroyMethodName(""))
            .run((context) -> own.set(context.getBean("own", ThreadPoolExecutor.class)));
        assertThat(own.get().statistics().state()).isNotEqualTo(PoolState.TERMINATED);
        own.get().close();
    }

    @Test
    void prototypesAreNotMade() {
        AtomicInteger made = new AtomicInteger();
        this.runner.withBean("perUse", ThreadPoolExecutor.class, () -> {
            made.incrementAndGet();
            return pool();
        }, (definition) -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE)).run((context) -> {
            context.stop();
            context.start();
        });
        assertThat(made).hasValue(0);
    }

    private static ThreadPoolExecutor pool() {
        return ThreadPoolExecutor.builder().name("own").maxWorkers(1).build();
    }

    @Test
    void thePhaseIsThatOfSpringsOwnExecutors() {
        this.runner.run((context) -> assertThat(context.getBean(PoolLifecycle.class).getPhase())
            .isEqualTo(org.springframework.scheduling.concurrent.ExecutorConfigurationSupport.DEFAULT_PHASE));
    }

}
