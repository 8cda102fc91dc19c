// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.thread.ThreadPoolExecutor;
import kotlin.Unit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.test.util.AopTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for the return types of {@link SubmitAsync} methods that others bring.
 */
class SubmitAsyncMonoTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.thread-pools.pages.max-workers=1", "futures.process-pools.processes.max-workers=1",
                "futures.process-pools.processes.max-heap=128MB");

    @Test
    void eachSubscriptionIsATask() {
        this.runner.withBean(Pages.class).run((context) -> {
            Mono<String> mono = context.getBean(Pages.class).render("a");
            assertThat(context.getBean("pages", ThreadPoolExecutor.class).statistics().tasks().submitted()).isZero();
            assertThat(mono.block(LONG)).isEqualTo("a 1 pages_0");
            assertThat(mono.block(LONG)).isEqualTo("a 2 pages_0");
        });
    }

    @Test
    void theVeryExceptionIsTheError() {
        this.runner.withBean(Pages.class).run((context) -> {
            IOException failure = new IOException("torn");
            Mono<String> mono = context.getBean(Pages.class).fail(failure);
            assertThatThrownBy(() -> mono.block(LONG)).hasCause(failure);
        });
    }

    @Test
    void cancellingTheSubscriptionInterruptsTheTask() {
        this.runner.withBean(Pages.class).run((context) -> {
            Pages pages = context.getBean(Pages.class);
            Disposable subscription = pages.endless().subscribe();
            Pages target = AopTestUtils.getTargetObject(pages);
            assertThat(target.started.await(20, TimeUnit.SECONDS)).isTrue();
            subscription.dispose();
            assertThat(target.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        });
    }

    @Test
    void aMonoComesFromAProcessAsWell() {
        this.runner.withBean(InProcess.class)
            .run((context) -> assertThat(context.getBean(InProcess.class).pid().block(Duration.ofSeconds(60)))
                .isNotEqualTo(ProcessHandle.current().pid()));
    }

    @Test
    void theUnitOfKotlinIsNothing() {
        this.runner.withBean(Pages.class).run((context) -> {
            Pages pages = context.getBean(Pages.class);
            assertThat(pages.unit()).isNull();
            Pages target = AopTestUtils.getTargetObject(pages);
            assertThat(target.started.await(20, TimeUnit.SECONDS)).isTrue();
        });
    }

    static class Pages {

        final CountDownLatch started = new CountDownLatch(1);

        final CountDownLatch interrupted = new CountDownLatch(1);

        private final AtomicInteger calls = new AtomicInteger();

        @SubmitAsync("pages")
        public Mono<String> render(String name) {
            return Mono
                .fromSupplier(() -> name + " " + this.calls.incrementAndGet() + " " + Thread.currentThread().getName());
        }

        @SubmitAsync("pages")
        public Mono<String> fail(IOException failure) {
            return Mono.error(failure);
        }

        @SubmitAsync("pages")
        public Mono<String> endless() throws InterruptedException {
            this.started.countDown();
            try {
                new CountDownLatch(1).await();
            }
            catch (InterruptedException ex) {
                this.interrupted.countDown();
                throw ex;
            }
            return Mono.empty();
        }

        @SubmitAsync("pages")
        public Unit unit() {
            this.started.countDown();
            return Unit.INSTANCE;
        }

    }

    static class InProcess {

        @SubmitAsync("processes")
        public Mono<Long> pid() {
            return Mono.just(ProcessHandle.current().pid());
        }

    }

}
