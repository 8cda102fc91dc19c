// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.Future;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FuturesHealthAutoConfiguration}.
 */
class FuturesHealthAutoConfigurationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ApplicationContextRunner withoutPools = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class, FuturesHealthAutoConfiguration.class,
                HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
                HealthEndpointAutoConfiguration.class));

    private final ApplicationContextRunner runner = this.withoutPools.withPropertyValues(
            "futures.thread-pools.reports.max-workers=1", "futures.thread-pools.reports.queue-capacity=1");

    private static CompositeHealthContributor futures(org.springframework.context.ApplicationContext context) {
        return context.getBean("futuresHealthContributor", CompositeHealthContributor.class);
    }

    private static Health of(org.springframework.context.ApplicationContext context, String pool) {
        return ((HealthIndicator) futures(context).getContributor(pool)).health();
    }

    private static Status status(org.springframework.context.ApplicationContext context, String... path) {
        return context.getBean(HealthEndpoint.class).healthForPath(path).getStatus();
    }

    @Test
    void aPoolThatHasMuchToDoIsUpAndSaysSo() {
        this.runner.run((context) -> {
            assertThat(of(context, "reports").getDetails()).containsEntry("saturated", false)
                .containsEntry("kind", "thread")
                .containsEntry("state", "running")
                .containsEntry("queueCapacity", 1);
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            Future<Boolean> busy = context.getBean(ThreadPoolExecutor.class).submit(() -> {
                started.countDown();
                return release.await(60, TimeUnit.SECONDS);
            });
            assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(of(context, "reports").getStatus()).isEqualTo(Status.UP);
            assertThat(of(context, "reports").getDetails()).containsEntry("saturated", true)
                .containsEntry("busyWorkers", 1);
            release.countDown();
            assertThat(busy.result(PATIENCE)).isTrue();
        });
    }

    @Test
    void aPoolThatIsPausedIsOutOfServiceAndSoIsOneThatHasEnded() {
        this.runner.run((context) -> {
            ThreadPoolExecutor pool = context.getBean(ThreadPoolExecutor.class);
            pool.pause();
            assertThat(of(context, "reports").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(status(context, "futures", "reports")).isEqualTo(Status.OUT_OF_SERVICE);
            pool.resume();
            assertThat(of(context, "reports").getStatus()).isEqualTo(Status.UP);
            context.stop();
            assertThat(of(context, "reports").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            pool.shutdown();
            assertThat(of(context, "reports").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        });
    }

    @Test
    void aBrokenPoolIsDownUntilItIsHealedAndTheOthersAreUp() {
        this.runner.withPropertyValues("futures.process-pools.documents.max-workers=1",
                "futures.process-pools.documents.max-heap=64MB", "futures.process-pools.documents.death-policy=strict")
            .run((context) -> {
                assertThat(status(context)).isEqualTo(Status.UP);
                ProcessPoolExecutor pool = context.getBean(ProcessPoolExecutor.class);
                assertThat(pool.submit(() -> {
                    Runtime.getRuntime().halt(3);
                    return 0;
                }).exception(PATIENCE)).isNotNull();
                Health health = of(context, "documents");
                assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                assertThat(health.getDetails()).containsEntry("state", "broken")
                    .hasEntrySatisfying("error", (error) -> assertThat(error).asString().contains("not usable"));
                assertThat(status(context, "futures")).isEqualTo(Status.DOWN);
                assertThat(status(context)).isEqualTo(Status.DOWN);
                assertThat(status(context, "futures", "reports")).isEqualTo(Status.UP);
                assertThat(pool.heal()).isTrue();
                assertThat(status(context)).isEqualTo(Status.UP);
            });
    }

    @Test
    void theProbesDoNotAskThem() {
        this.runner
            .withConfiguration(AutoConfigurations.of(ApplicationAvailabilityAutoConfiguration.class,
                    AvailabilityHealthContributorAutoConfiguration.class, AvailabilityProbesAutoConfiguration.class))
            .withPropertyValues("management.endpoint.health.probes.enabled=true")
            .run((context) -> {
                HealthEndpoint health = context.getBean(HealthEndpoint.class);
                for (String probe : new String[] { "liveness", "readiness" }) {
                    assertThat(health.healthForPath(probe)).isNotNull();
                    assertThat(health.healthForPath(probe, "futures")).isNull();
                }
            });
    }

    @Test
    void poolsThatNobodyHasAskedForAreNotMadeAndAreAddedWhenTheyAre() {
        this.withoutPools.run((context) -> {
            assertThat(futures(context).stream()).isEmpty();
            assertThat(context.getBean(HealthEndpoint.class).health().getStatus()).isEqualTo(Status.UP);
            assertThat(context.getBeanFactory().containsSingleton("futuresThreadPool")).isFalse();
            assertThat(context.getBean(ThreadPoolExecutor.class)).isNotNull();
            assertThat(futures(context).stream()).extracting((each) -> each.name())
                .containsExactly("futuresThreadPool");
        });
    }

    @Test
    void aPoolMayHaveAnyName() {
        this.withoutPools
            .withBean("odd", ThreadPoolExecutor.class, () -> ThreadPoolExecutor.builder().name("a/b").build())
            .withBean("blank", ThreadPoolExecutor.class, () -> ThreadPoolExecutor.builder().name(" ").build())
            .run((context) -> {
                assertThat(futures(context).stream()).extracting((each) -> each.name()).containsExactly("a/b");
                assertThat(status(context)).isEqualTo(Status.UP);
            });
    }

    @Test
    void aChildShowsThePoolsOfItsParentToo() {
        this.runner.run((parent) -> this.withoutPools.withParent(parent)
            .withPropertyValues("futures.thread-pools.mail.max-workers=1")
            .run((child) -> {
                assertThat(futures(child).stream()).extracting((each) -> each.name())
                    .containsExactly("mail", "reports");
                assertThat(futures(parent).stream()).extracting((each) -> each.name()).containsExactly("reports");
            }));
    }

    @Test
    void itCanBeSwitchedOffAndReplaced() {
        this.runner.withPropertyValues("management.health.futures.enabled=false")
            .run((context) -> assertThat(context).doesNotHaveBean("futuresHealthContributor"));
        this.runner.withPropertyValues("management.health.defaults.enabled=false")
            .run((context) -> assertThat(context).doesNotHaveBean("futuresHealthContributor"));
        this.runner.withBean("futuresHealthIndicator", HealthIndicator.class, () -> () -> Health.unknown().build())
            .run((context) -> {
                assertThat(context).doesNotHaveBean("futuresHealthContributor");
                assertThat(status(context, "futures")).isEqualTo(Status.UNKNOWN);
            });
    }

    @Test
    void withoutHealthAndInAWorkerThereIsNone() {
        new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(FuturesAutoConfiguration.class, FuturesHealthAutoConfiguration.class))
            .withClassLoader(new FilteredClassLoader(HealthContributor.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("futuresHealthContributor"));
        this.runner.withPropertyValues("futures.worker=true")
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("futuresHealthContributor"));
    }

}
