// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.observation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.ContextSnapshot;
import dev.futures.Future;
import dev.futures.Outcome;
import dev.futures.PoolListener;
import dev.futures.TaskInfo;
import dev.futures.TaskOptions;
import dev.futures.pool.PoolExecutor;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.spring.boot.autoconfigure.FuturesContextAutoConfiguration;
import dev.futures.spring.boot.autoconfigure.FuturesObservationAutoConfiguration;
import dev.futures.thread.ThreadPoolExecutor;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for observations of tasks.
 */
class TaskObservationsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ObservationRegistry registry = ObservationRegistry.create();

    private final List<TaskObservationContext> stopped = new CopyOnWriteArrayList<>();

    private final ApplicationContextRunner disabled = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class, FuturesContextAutoConfiguration.class,
                FuturesObservationAutoConfiguration.class))
        .withBean(ObservationRegistry.class, () -> this.registry)
        .withPropertyValues("futures.thread-pools.reports.max-workers=1",
                "futures.process-pools.documents.max-workers=1", "futures.process-pools.documents.max-heap=64MB");

    private final ApplicationContextRunner runner = this.disabled
        .withPropertyValues("futures.observations.enabled=true");

    TaskObservationsTests() {
        this.registry.observationConfig().observationHandler(new ObservationHandler<TaskObservationContext>() {

            @Override
            public void onStop(TaskObservationContext context) {
                TaskObservationsTests.this.stopped.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof TaskObservationContext;
            }

        }).observationHandler((Observation.Context context) -> true);
    }

    private TaskObservationContext only() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(this.stopped).hasSize(1));
        return this.stopped.get(0);
    }

    private static String low(TaskObservationContext context, String key) {
        KeyValue value = context.getLowCardinalityKeyValue(key);
        return (value != null) ? value.getValue() : "";
    }

    @Test
    void unlessAskedForThereAreNone() {
        this.disabled.run((context) -> assertThat(context).doesNotHaveBean("futuresTaskObservations")
            .hasSingleBean(ObservationRegistry.class));
    }

    @Test
    void withoutMicrometerThereAreNone() {
        this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("futuresTaskObservations"));
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void theObservationOfATaskIsCurrentWhileItRunsAndItsParentIsThatOfTheSubmitter(boolean propagate) {
        this.runner.withPropertyValues("futures.context.propagate=" + propagate).run((context) -> {
            PoolExecutor pool = context.getBean("reports", PoolExecutor.class);
            Observation request = Observation.start("request", this.registry);
            Observation current;
            try (Observation.Scope scope = request.openScope()) {
                assertThat(scope).isNotNull();
                current = pool.submit(this.registry::getCurrentObservation, TaskOptions.named("quarterly"))
                    .result(PATIENCE);
            }
            TaskObservationContext task = only();
            assertThat(current.getContext()).isSameAs(task);
            assertThat(task.getParentObservation()).isSameAs(request);
            assertThat(task.getName()).isEqualTo("futures.task");
            assertThat(task.getContextualName()).isEqualTo("task quarterly");
            assertThat(task.getLowCardinalityKeyValues().stream().map(KeyValue::toString)).containsExactlyInAnyOrder(
                    "keyValue(pool=reports)", "keyValue(kind=thread)", "keyValue(outcome=SUCCESS)",
                    "keyValue(exception=none)");
            assertThat(task.getHighCardinalityKeyValues().stream().map(KeyValue::toString)).containsExactlyInAnyOrder(
                    "keyValue(task.name=quarterly)", "keyValue(task.id=1)",
                    "keyValue(worker=" + task.getWorker() + ")");
            Observation next = pool.submit(this.registry::getCurrentObservation).result(PATIENCE);
            assertThat(next.getContext().getParentObservation()).isNull();
        });
    }

    @Test
    void aFailureIsTheErrorOfItsObservation() {
        this.runner.run((context) -> {
            IllegalStateException failure = new IllegalStateException("no paper");
            context.getBean("reports", PoolExecutor.class).submit(() -> {
                throw failure;
            }).exception(PATIENCE);
            assertThat(only().getError()).isSameAs(failure);
            assertThat(low(only(), "outcome")).isEqualTo("ERROR");
            assertThat(low(only(), "exception")).isEqualTo("IllegalStateException");
        });
    }

    @Test
    void theScopeOfAnotherContextHearsOfAFailureToo() throws Exception {
        TaskObservations observations = new TaskObservations(() -> this.registry, () -> null);
        List<String> heard = new CopyOnWriteArrayList<>();
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder()
            .listener(observations)
            .contextCapture(observations.around(() -> () -> new ContextSnapshot.Scope() {

                @Override
                public void failed(Throwable failure) {
                    heard.add(failure.getMessage());
                }

                @Override
                public void close() {
                    heard.add("closed");
                }

            }))
            .build()) {
            assertThat(pool.<Object>submit(() -> {
                throw new IllegalStateException("no paper");
            }).exception(PATIENCE)).hasMessage("no paper");
        }
        assertThat(heard).containsExactly("no paper", "closed");
    }

    @Test
    void aTaskThatIsCancelledWhileItRunsLeavesNothingToTheNext() {
        this.runner.run((context) -> {
            PoolExecutor pool = context.getBean("reports", PoolExecutor.class);
            CountDownLatch started = new CountDownLatch(1);
            Future<?> cancelled = pool.submit(() -> {
                started.countDown();
                return new CountDownLatch(1).await(60, TimeUnit.SECONDS);
            });
            assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(cancelled.cancel(true)).isTrue();
            assertThat(low(only(), "outcome")).isEqualTo("CANCELLED");
            assertThat(only().getError()).isNull();
            Observation next = pool.submit(this.registry::getCurrentObservation).result(PATIENCE);
            assertThat(next.getContext()).isNotSameAs(this.stopped.get(0));
            assertThat(next.getContext().getParentObservation()).isNull();
        });
    }

    @Test
    void whatNeverRanIsNotObserved() {
        this.runner.run((context) -> {
            PoolExecutor pool = context.getBean("reports", PoolExecutor.class);
            pool.pause();
            assertThat(pool.submit(() -> "never").cancel(false)).isTrue();
            pool.resume();
            assertThat(pool.submit(() -> "done", TaskOptions.named("next")).result(PATIENCE)).isEqualTo("done");
            assertThat(only().getTask().name()).isEqualTo("next");
        });
    }

    @Test
    void aTaskThatEndsInTheVeryMomentWhenItIsStartedIsObservedOnce() {
        TaskObservations observations = new TaskObservations(() -> this.registry, () -> null);
        TaskInfo task = mock(TaskInfo.class);
        given(task.name()).willReturn("brief");
        PoolListener.TaskListener listener = observations.taskSubmitted("reports", task);
        RuntimeException failure = new IllegalStateException("too late");
        listener.ended(Outcome.TIMED_OUT, failure);
        assertThat(this.stopped).isEmpty();
        listener.started("worker", null);
        assertThat(only().getError()).isSameAs(failure);
        assertThat(low(only(), "outcome")).isEqualTo("TIMEOUT");
    }

    @Test
    void theRegistryAndTheConventionAreLookedForOnce() {
        List<String> asked = new CopyOnWriteArrayList<>();
        TaskObservations observations = new TaskObservations(() -> {
            asked.add("registry");
            return this.registry;
        }, () -> {
            asked.add("convention");
            return null;
        });
        assertThat(asked).isEmpty();
        TaskInfo task = mock(TaskInfo.class);
        assertThat(observations.taskSubmitted("reports", task)).isNotNull();
        assertThat(observations.taskSubmitted("reports", task)).isNotNull();
        assertThat(asked).containsExactly("registry", "convention");
    }

    @Test
    void aTaskThatRunsWithoutItsContextLeavesNothingToItsThread() {
        TaskObservations observations = new TaskObservations(() -> this.registry, () -> null);
        TaskInfo task = mock(TaskInfo.class);
        given(task.name()).willReturn("inline");
        PoolListener.TaskListener listener = observations.taskSubmitted("documents", task);
        listener.started("main", null);
        listener.ended(Outcome.SUCCEEDED, null);
        assertThat(TaskObservation.takeNext()).isNull();
        PoolListener.TaskListener outer = observations.taskSubmitted("documents", task);
        PoolListener.TaskListener next = observations.taskSubmitted("reports", task);
        outer.started("main", null);
        next.started("main", null);
        outer.ended(Outcome.SUCCEEDED, null);
        assertThat(TaskObservation.takeNext()).as("of another task").isSameAs(next);
    }

    @Test
    @SuppressWarnings("serial")
    void anAnonymousFailureIsCalledByItsFullName() {
        this.runner.run((context) -> {
            IllegalStateException failure = new IllegalStateException("no paper") {
            };
            context.getBean("reports", PoolExecutor.class).submit(() -> {
                throw failure;
            }).exception(PATIENCE);
            assertThat(low(only(), "exception")).isEqualTo(failure.getClass().getName())
                .startsWith(TaskObservationsTests.class.getName());
        });
    }

    @Test
    void aTaskInAProcessIsObservedWithItsProcess() {
        this.runner.run((context) -> {
            PoolExecutor pool = context.getBean("documents", PoolExecutor.class);
            long pid = pool.submit(() -> ProcessHandle.current().pid()).result(PATIENCE);
            assertThat(low(only(), "kind")).isEqualTo("process");
            assertThat(only().getHighCardinalityKeyValue("process.pid").getValue()).isEqualTo(String.valueOf(pid));
        });
    }

    @Test
    void theApplicationMaySayWhatObservationsAreCalled() {
        this.runner.withBean(TaskObservationConvention.class, () -> new DefaultTaskObservationConvention() {

            @Override
            public String getName() {
                return "job";
            }

        }).run((context) -> {
            context.getBean("reports", PoolExecutor.class).submit(() -> "done").result(PATIENCE);
            assertThat(only().getName()).isEqualTo("job");
        });
    }

}
