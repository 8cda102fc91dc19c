// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.futures.BrokenExecutorException;
import dev.futures.Future;
import dev.futures.QueueFullException;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.process.WorkerDiedException;
import dev.futures.spring.PoolBrokenEvent;
import dev.futures.spring.PoolEvent;
import dev.futures.spring.PoolHealedEvent;
import dev.futures.spring.TaskRejectedEvent;
import dev.futures.spring.TaskTimedOutEvent;
import dev.futures.spring.WorkerDiedEvent;
import dev.futures.spring.support.RecordedLog;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link PoolEvent}s.
 */
class PoolEventTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<PoolEvent> told = new ArrayList<>();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.thread-pools.reports.max-workers=1",
                "futures.thread-pools.reports.queue-capacity=1");

    private final ApplicationContextRunner listening = this.runner.withBean(Recorder.class);

    private final ApplicationContextRunner withProcesses = this.listening.withPropertyValues(
            "futures.process-pools.documents.max-workers=1", "futures.process-pools.documents.max-heap=64MB");

    @Test
    void theDeathOfAWorkerAndTheEndAndTheHealingOfAPoolAreTold() {
        this.withProcesses.withPropertyValues("futures.process-pools.documents.death-policy=strict").run((context) -> {
            Recorder recorder = context.getBean(Recorder.class);
            ProcessPoolExecutor pool = context.getBean(ProcessPoolExecutor.class);
            assertThat(kill(pool).exception(PATIENCE)).isInstanceOf(BrokenExecutorException.class);
            List<PoolEvent> events = List.of(recorder.next(), recorder.next());
            assertThat(events).extracting(PoolEvent::getPool).containsOnly("documents");
            assertThat(events).filteredOn(WorkerDiedEvent.class::isInstance)
                .singleElement()
                .satisfies((event) -> assertThat(((WorkerDiedEvent) event).getDeath())
                    .isInstanceOf(WorkerDiedException.class)
                    .hasMessageContaining("status 3"))
                .extracting((event) -> ((WorkerDiedEvent) event).getWorker())
                .isEqualTo("documents_0");
            assertThat(events).filteredOn(PoolBrokenEvent.class::isInstance)
                .singleElement()
                .extracting((event) -> ((PoolBrokenEvent) event).getCause())
                .isSameAs(pool.statistics().brokenBy());
            assertThat(pool.heal()).isTrue();
            assertThat(recorder.next()).isInstanceOf(PoolHealedEvent.class);
        });
    }

    private static Future<?> kill(ProcessPoolExecutor pool) {
        return pool.submit(() -> {
            Runtime.getRuntime().halt(3);
            return 0;
        });
    }

    @Test
    void aTaskThatRunsOutOfTimeIsTold() {
        this.listening.run((context) -> {
            ThreadPoolExecutor pool = context.getBean(ThreadPoolExecutor.class);
            Future<?> future = pool.submit(() -> new CountDownLatch(1).await(),
                    TaskOptions.named("long").withTimeLimit(Duration.ofMillis(20)));
            Throwable failure = future.exception(PATIENCE);
            assertThat(context.getBean(Recorder.class).next()).isInstanceOfSatisfying(TaskTimedOutEvent.class,
                    (event) -> {
                        assertThat(event.getPool()).isEqualTo("reports");
                        assertThat(event.getTask()).isEqualTo("long");
                        assertThat(event.getTaskId()).isPositive();
                        assertThat(event.getFailure()).isSameAs(failure).isInstanceOf(TaskTimeoutException.class);
                    });
        });
    }

    @Test
    void aTaskThatIsRejectedIsToldByItsSubmitterAndOthersAreNot() {
        this.listening.run((context) -> {
            ThreadPoolExecutor pool = context.getBean(ThreadPoolExecutor.class);
            pool.pause();
            Future<Integer> accepted = pool.submit(() -> 1);
            rejectOne(pool);
            Recorder recorder = context.getBean(Recorder.class);
            assertThat(recorder.next()).isInstanceOfSatisfying(TaskRejectedEvent.class, (event) -> {
                assertThat(event.getTask()).isEqualTo("late");
                assertThat(event.getRejection()).isInstanceOf(QueueFullException.class);
            });
            assertThat(recorder.thread).isSameAs(Thread.currentThread());
            assertThat(accepted.cancel(true)).isTrue();
            pool.resume();
            assertThat(pool.submit(() -> {
                throw new IllegalStateException("torn");
            }).exception(PATIENCE)).isNotNull();
            assertThat(recorder.events).isEmpty();
        });
    }

    private static void rejectOne(ThreadPoolExecutor pool) {
        assertThatThrownBy(() -> {
            for (int i = 0; i < 10; i++) {
                pool.submit(() -> 2, TaskOptions.named("late"));
            }
        }).isInstanceOf(QueueFullException.class);
    }

    @Test
    void aListenerThatThrowsDoesNoHarmAndIsLoggedOnce() {
        try (RecordedLog log = new RecordedLog()) {
            this.runner.withBean(Thrower.class).run((context) -> {
                ThreadPoolExecutor pool = context.getBean(ThreadPoolExecutor.class);
                pool.pause();
                Future<Integer> accepted = pool.submit(() -> 1);
                for (int i = 0; i < 3; i++) {
                    rejectOne(pool);
                }
                pool.resume();
                assertThat(accepted.result(PATIENCE)).isOne();
                assertThat(context.getBean(Thrower.class).calls).isEqualTo(3);
            });
            // once by each of the two kinds of logging that may be in this JVM
            assertThat(log.thrown().stream().filter(Objects::nonNull).distinct()).hasSize(1);
        }
    }

    @Test
    void whatHappensBeforeTheStartIsPublishedThen() {
        this.listening.withBean(EarlyBird.class)
            .withInitializer(
                    (context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
            .withInitializer((context) -> context.addBeanFactoryPostProcessor(
                    (beans) -> beans.getBeanDefinition(beans.getBeanNamesForType(EarlyBird.class)[0])
                        .setLazyInit(false)))
            .run((context) -> {
                Recorder recorder = context.getBean(Recorder.class);
                assertThat(recorder.next()).isInstanceOf(TaskRejectedEvent.class);
                assertThat(recorder.thread).isSameAs(Thread.currentThread());
            });
    }

    @Test
    void whatThrowsAsItIsToldOfWhatWasBeforeTheStartIsLoggedAndTheOthersAreTold() {
        PoolEventPublisher publisher = new PoolEventPublisher((event) -> {
            this.told.add((PoolEvent) event);
            if (this.told.size() == 1) {
                throw new IllegalStateException("no mail");
            }
        });
        IllegalStateException cause = new IllegalStateException("torn");
        try (RecordedLog log = new RecordedLog(PoolEventPublisher.class)) {
            publisher.poolBroken("reports", cause);
            publisher.poolHealed("reports");
            publisher.start();
            assertThat(publisher.isRunning()).isTrue();
            assertThat(log.lines()).containsExactly("WARN a listener failed on a PoolBrokenEvent of pool 'reports' "
                    + "from before the start; the others are published all the same");
            assertThat(log.thrown()).extracting(Throwable::getMessage).containsExactly("no mail");
        }
        assertThat(this.told).hasExactlyElementsOfTypes(PoolBrokenEvent.class, PoolHealedEvent.class);
    }

    @Test
    void aListenerThatThrowsOnAnEarlyEventDoesNotKeepTheApplicationFromStarting() {
        this.runner.withBean(EarlyBird.class)
            .withBean(Grumbler.class)
            .run((context) -> assertThat(context).hasNotFailed()
                .getBean(Grumbler.class)
                .extracting((grumbler) -> grumbler.calls)
                .isEqualTo(1));
    }

    @Test
    void afterTheStopOfTheContextNothingIsPublishedOrLogged() {
        try (RecordedLog log = new RecordedLog()) {
            this.listening.run((context) -> {
                ThreadPoolExecutor pool = context.getBean(ThreadPoolExecutor.class);
                Recorder recorder = context.getBean(Recorder.class);
                context.stop();
                Future<Integer> accepted = pool.submit(() -> 1);
                rejectOne(pool);
                context.start();
                assertThat(accepted.result(PATIENCE)).isOne();
                pool.pause();
                rejectOne(pool);
                assertThat(recorder.next()).isInstanceOf(TaskRejectedEvent.class);
                context.close();
                assertThatThrownBy(() -> pool.submit(() -> 3)).isNotNull();
                assertThat(recorder.events).isEmpty();
            });
            assertThat(log.messages()).noneMatch((message) -> message.contains("listener"));
        }
    }

    @Test
    void whatHappensInAChildIsToldOnceThereAndOnceInItsParent() {
        this.listening.run((parent) -> this.runner.withParent(parent)
            .withBean("ofChild", Recorder.class)
            .withPropertyValues("futures.thread-pools.mail.max-workers=1", "futures.thread-pools.mail.queue-capacity=1")
            .run((child) -> {
                ThreadPoolExecutor pool = child.getBean("mail", ThreadPoolExecutor.class);
                pool.pause();
                rejectOne(pool);
                for (Recorder recorder : List.of(child.getBean("ofChild", Recorder.class),
                        parent.getBean(Recorder.class))) {
                    assertThat(recorder.next()).isInstanceOf(TaskRejectedEvent.class);
                    assertThat(recorder.events).isEmpty();
                }
            }));
    }

    static class Recorder {

        private final BlockingQueue<PoolEvent> events = new LinkedBlockingQueue<>();

        private volatile Thread thread;

        @EventListener
        void on(PoolEvent event) {
            this.thread = Thread.currentThread();
            this.events.add(event);
        }

        PoolEvent next() throws InterruptedException {
            PoolEvent event = this.events.poll(60, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            return event;
        }

    }

    static class Thrower {

        private int calls;

        @EventListener
        void on(TaskRejectedEvent event) {
            this.calls++;
            throw new IllegalStateException("listener of " + event.getPool());
        }

    }

    static class Grumbler {

        private int calls;

        @EventListener
        void on(TaskRejectedEvent event) {
            this.calls++;
            throw new IllegalStateException("listener of " + event.getPool());
        }

    }

    /** Has a task rejected, of which it is told at once, while the container makes it. */
    static class EarlyBird {

        EarlyBird(ThreadPoolExecutor pool) {
            pool.pause();
            rejectOne(pool);
            pool.resume();
        }

    }

}
