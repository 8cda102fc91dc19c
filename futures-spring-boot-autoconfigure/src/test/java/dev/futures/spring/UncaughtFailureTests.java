// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.spring.support.RecordedLog;
import dev.futures.thread.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UncaughtFailures}.
 */
class UncaughtFailureTests {

    private final RecordedLog log = new RecordedLog(SubmitAsync.class);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.thread-pools.mail.max-workers=1", "futures.thread-pools.mail.queue-capacity=1")
        .withBean(Mail.class)
        .withUserConfiguration(Events.class);

    @AfterEach
    void stopRecording() {
        this.log.close();
    }

    @Test
    void anUnhandledFailureIsLoggedWithTheMethodButWithoutTheArguments() {
        this.runner.run((context) -> {
            context.getBean(Mail.class).fail("secret", new IllegalStateException("no paper"));
            assertThat(nextEvent(context.getBean(Events.class)).getFailure()).hasMessage("no paper");
            assertThat(this.log.lines())
                .containsExactly("ERROR @SubmitAsync method UncaughtFailureTests.Mail.fail failed");
            assertThat(this.log.thrown()).singleElement().extracting(Throwable::getMessage).isEqualTo("no paper");
        });
    }

    @Test
    void theFirstHandlerThatHandlesItIsTheLast() {
        this.runner.withUserConfiguration(Handlers.class).run((context) -> {
            IllegalStateException failure = new IllegalStateException("no paper");
            context.getBean(Mail.class).fail("letter", failure);
            assertThat(nextEvent(context.getBean(Events.class)).getFailure()).isSameAs(failure);
            assertThat(context.getBean(Handlers.class).asked).containsExactly("first fail letter", "second");
            assertThat(this.log.lines()).singleElement()
                .asString()
                .startsWith("WARN a SubmitAsyncExceptionHandler failed itself");
        });
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheLog() {
        this.runner.withBean(FailingListener.class).run((context) -> {
            context.getBean(Mail.class).fail("letter", new IllegalStateException("no paper"));
            assertThat(context.getBean(FailingListener.class).called.await(20, TimeUnit.SECONDS)).isTrue();
            context.getBean(ThreadPoolExecutor.class).close(Duration.ofSeconds(20));
            assertThat(this.log.lines()).containsExactly(
                    "ERROR @SubmitAsync method UncaughtFailureTests.Mail.fail failed",
                    "WARN the event of the failure of @SubmitAsync method UncaughtFailureTests.Mail.fail could not "
                            + "be published");
        });
    }

    @Test
    void aRejectionIsAFailureAndNotThrown() {
        this.runner.run((context) -> {
            CountDownLatch release = new CountDownLatch(1);
            Mail mail = context.getBean(Mail.class);
            mail.await(release);
            mail.await(release);
            mail.await(release);
            assertThat(nextEvent(context.getBean(Events.class)).getFailure())
                .isInstanceOf(RejectedExecutionException.class);
            release.countDown();
        });
    }

    @Test
    void aCancelledCallIsAWarningAndAnEvent() {
        this.runner.run((context) -> {
            context.getBean(Mail.class).await(new CountDownLatch(1));
            context.getBean(ThreadPoolExecutor.class).cancelAll();
            SubmitAsyncFailedEvent event = nextEvent(context.getBean(Events.class));
            assertThat(event.getFailure()).isInstanceOf(CancellationException.class);
            assertThat(event.getMethod().getName()).isEqualTo("await");
            assertThat(this.log.lines())
                .containsExactly("WARN @SubmitAsync method UncaughtFailureTests.Mail.await was cancelled");
        });
    }

    @Test
    void anExecutorThatACallCannotChooseIsAFailure() {
        this.runner.run((context) -> {
            context.getBean(Mail.class).chosen("mial");
            assertThat(nextEvent(context.getBean(Events.class)).getFailure())
                .isInstanceOf(InvalidSubmitAsyncException.class)
                .hasMessageContaining("did you mean 'mail'?");
        });
    }

    private static SubmitAsyncFailedEvent nextEvent(Events events) throws InterruptedException {
        SubmitAsyncFailedEvent event = events.published.poll(20, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    static class Mail {

        @SubmitAsync("mail")
        public void fail(String letter, RuntimeException failure) {
            throw failure;
        }

        @SubmitAsync("mail")
        public void await(CountDownLatch latch) throws InterruptedException {
            latch.await();
        }

        @SubmitAsync("#{#pool}")
        public void chosen(String pool) {
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class Events {

        final BlockingQueue<SubmitAsyncFailedEvent> published = new LinkedBlockingQueue<>();

        @Bean
        ApplicationListener<SubmitAsyncFailedEvent> listener() {
            return new ApplicationListener<>() {

                @Override
                public void onApplicationEvent(SubmitAsyncFailedEvent event) {
                    Events.this.published.add(event);
                }

            };
        }

    }

    static class FailingListener implements ApplicationListener<SubmitAsyncFailedEvent> {

        final CountDownLatch called = new CountDownLatch(1);

        @Override
        public void onApplicationEvent(SubmitAsyncFailedEvent event) {
            this.called.countDown();
            throw new IllegalStateException("it fails as well");
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class Handlers {

        final List<String> asked = new CopyOnWriteArrayList<>();

        @Bean
        @Order(3)
        SubmitAsyncExceptionHandler third() {
            return (failure, method, arguments) -> this.asked.add("third");
        }

        @Bean
        @Order(1)
        SubmitAsyncExceptionHandler first() {
            return new SubmitAsyncExceptionHandler() {

                @Override
                public boolean handle(Throwable failure, Method method, @Nullable Object[] arguments) {
                    Handlers.this.asked.add("first " + method.getName() + " " + arguments[0]);
                    throw new IllegalStateException("cannot");
                }

            };
        }

        @Bean
        @Order(2)
        SubmitAsyncExceptionHandler second() {
            return (failure, method, arguments) -> this.asked.add("second");
        }

    }

}
