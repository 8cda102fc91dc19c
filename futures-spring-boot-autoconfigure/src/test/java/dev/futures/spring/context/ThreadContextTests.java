// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.Promise;
import dev.futures.spring.SubmitAsync;
import dev.futures.spring.boot.autoconfigure.ThreadPoolBuilderCustomizer;
import dev.futures.spring.support.RecordedLog;
import dev.futures.thread.ThreadPoolExecutor;
import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what tasks in threads get of their submitter's context.
 */
class ThreadContextTests {

    private static final Contexts.Seen ADA = new Contexts.Seen("ada", Locale.FRENCH, "Asia/Tokyo", "ada");

    private final ApplicationContextRunner runner = Contexts.runner()
        .withPropertyValues("futures.thread-pools.threads.max-workers=1");

    @AfterEach
    void clear() {
        Contexts.clear();
    }

    static Stream<String> kindsOfThreads() {
        return (Runtime.version().feature() >= 21) ? Stream.of("false", "true") : Stream.of("false");
    }

    private void withPool(PoolTest test, String... properties) {
        this.runner.withPropertyValues(properties)
            .run((context) -> test.accept(context.getBean("threads", ThreadPoolExecutor.class)));
    }

    private static Contexts.Seen seen(ThreadPoolExecutor pool) throws Exception {
        return pool.submit(Contexts::seeAndLitter).result(Contexts.PATIENCE);
    }

    @ParameterizedTest
    @MethodSource("kindsOfThreads")
    void everyTaskHasTheContextOfItsSubmitterAndNothingElse(String virtual) {
        withPool((pool) -> {
            Contexts.become("ada", Locale.FRENCH);
            assertThat(seen(pool)).isEqualTo(ADA);
            Contexts.become("grace", Locale.GERMAN);
            assertThat(seen(pool)).isEqualTo(new Contexts.Seen("grace", Locale.GERMAN, "Asia/Tokyo", "grace"));
            Contexts.clear();
            assertThat(seen(pool)).isEqualTo(Contexts.Seen.NOTHING);
            assertThat(seen(pool)).isEqualTo(Contexts.Seen.NOTHING);
        }, "futures.thread-pools.threads.virtual-threads=" + virtual);
    }

    @Test
    void theTasksOfAMapHaveIt() {
        withPool((pool) -> {
            Contexts.become("ada", Locale.FRENCH);
            List<Contexts.Seen> seen = new ArrayList<>();
            pool.map((each) -> Contexts.seeAndLitter(), List.of(1, 2)).forEachRemaining(seen::add);
            assertThat(seen).containsExactly(ADA, ADA);
        });
    }

    @Test
    void whatItsSubmitterBecomesLaterIsNotSeenByATask() {
        withPool((pool) -> {
            Contexts.become("ada", Locale.FRENCH);
            pool.pause();
            Future<Contexts.Seen> seen = pool.submit(Contexts::seeAndLitter);
            Contexts.become("grace", Locale.GERMAN);
            pool.resume();
            assertThat(seen.result(Contexts.PATIENCE)).isEqualTo(ADA);
        });
    }

    @Test
    void submittedMethodsHaveIt() {
        this.runner.withBean(Reports.class).run((context) -> {
            Contexts.become("ada", Locale.FRENCH);
            assertThat(context.getBean(Reports.class).report().result(Contexts.PATIENCE)).isEqualTo(ADA);
        });
    }

    @Test
    void aTaskThatFailsOrIsCancelledLeavesNothing() {
        withPool((pool) -> {
            Contexts.become("ada", Locale.FRENCH);
            Future<?> failing = pool.submit(() -> {
                Contexts.seeAndLitter();
                throw new IllegalStateException("torn");
            });
            CountDownLatch started = new CountDownLatch(1);
            Future<?> hanging = pool.submit(() -> {
                Contexts.seeAndLitter();
                started.countDown();
                new CountDownLatch(1).await();
            });
            Future<Contexts.Seen> next = pool.submit(Contexts::seeAndLitter);
            Contexts.clear();
            Future<Contexts.Seen> last = pool.submit(Contexts::seeAndLitter);
            assertThat(failing.exception(Contexts.PATIENCE)).hasMessage("torn");
            assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(hanging.cancel(true)).isTrue();
            assertThat(next.result(Contexts.PATIENCE)).isEqualTo(ADA);
            assertThat(last.result(Contexts.PATIENCE)).isEqualTo(Contexts.Seen.NOTHING);
        });
    }

    @Test
    void callbacksDoNotHaveIt() {
        withPool((pool) -> {
            CountDownLatch release = new CountDownLatch(1);
            Contexts.become("ada", Locale.FRENCH);
            Future<Boolean> future = pool.submit(() -> release.await(60, TimeUnit.SECONDS));
            Future<Contexts.Seen> seen = callback(future);
            release.countDown();
            assertThat(seen.result(Contexts.PATIENCE)).isEqualTo(Contexts.Seen.NOTHING);
        });
    }

    private static Future<Contexts.Seen> callback(Future<?> future) {
        Promise<Contexts.Seen> seen = new Promise<>();
        future.addDoneCallback((done) -> seen.setResult(Contexts.see()));
        return seen;
    }

    @Test
    void aTaskOfTheCallerGivesItsContextBack() {
        withPool((pool) -> {
            CountDownLatch release = new CountDownLatch(1);
            Future<Boolean> busy = pool.submit(() -> release.await(60, TimeUnit.SECONDS));
            Contexts.become("ada", Locale.FRENCH);
            SecurityContext security = SecurityContextHolder.getContext();
            assertThat(seen(pool)).isEqualTo(ADA);
            assertThat(Contexts.see()).isEqualTo(ADA);
            assertThat(SecurityContextHolder.getContext()).isSameAs(security);
            release.countDown();
            assertThat(busy.result(Contexts.PATIENCE)).isTrue();
        }, "futures.thread-pools.threads.queue-capacity=0",
                "futures.thread-pools.threads.queue-full-policy=caller-runs");
    }

    @Test
    void theLocaleOfARequestIsTakenWhileThereIsOne() {
        withPool((pool) -> {
            AtomicReference<Locale> request = new AtomicReference<>(Locale.FRENCH);
            LocaleContextHolder.setLocaleContext(request::get);
            pool.pause();
            Future<Contexts.Seen> seen = pool.submit(Contexts::see);
            request.set(Locale.ITALIAN);
            pool.resume();
            assertThat(seen.result(Contexts.PATIENCE).locale()).isEqualTo(Locale.FRENCH);
        });
    }

    @Test
    void anObservationIsCurrentInTheTask() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler((context) -> true);
        withPool((pool) -> {
            Observation observation = Observation.start("request", registry);
            try (Observation.Scope scope = observation.openScope()) {
                assertThat(scope).isNotNull();
                assertThat(pool.submit(registry::getCurrentObservation).result(Contexts.PATIENCE))
                    .isSameAs(observation);
            }
            observation.stop();
            assertThat(pool.submit(registry::getCurrentObservation).result(Contexts.PATIENCE)).isNull();
        });
    }

    @Test
    void theRequestIsOnlyThereIfItIsAskedFor() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setAttribute("tenant", "acme");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        withPool((pool) -> assertThat(pool.submit(ThreadContextTests::tenant).result(Contexts.PATIENCE)).isNull());
        withPool((pool) -> assertThat(pool.submit(ThreadContextTests::tenant).result(Contexts.PATIENCE))
            .isEqualTo("acme"), "futures.context.request-attributes=true");
    }

    static Object tenant() {
        RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
        return (attributes != null) ? attributes.getAttribute("tenant", RequestAttributes.SCOPE_REQUEST) : null;
    }

    @Test
    void askingForTheRequestInVainIsSaid() {
        try (RecordedLog log = new RecordedLog()) {
            this.runner.withClassLoader(new FilteredClassLoader(ContextRegistry.class))
                .withPropertyValues("futures.context.request-attributes=true")
                .run((context) -> assertThat(context).hasNotFailed());
            assertThat(log.messages()).anyMatch((each) -> each
                .startsWith("futures.context.request-attributes is without effect: it needs io.micrometer:"));
        }
    }

    @Test
    void nothingIsPropagatedIfThatIsSwitchedOff() {
        withPool((pool) -> {
            Contexts.become("ada", Locale.FRENCH);
            assertThat(seen(pool)).isEqualTo(Contexts.Seen.NOTHING);
        }, "futures.context.propagate=false");
    }

    @Test
    void partsCanBeSwitchedOff() {
        withPool((pool) -> {
            Contexts.become("ada", Locale.FRENCH);
            assertThat(pool.submit(Contexts::see).result(Contexts.PATIENCE))
                .isEqualTo(new Contexts.Seen(null, null, null, "ada"));
        }, "futures.context.mdc=false", "futures.context.locale=false");
    }

    @Test
    void withoutMicrometerThereAreLoggingContextAndLocale() {
        this.runner.withClassLoader(new FilteredClassLoader(ContextRegistry.class)).run((context) -> {
            Contexts.become("ada", Locale.FRENCH);
            assertThat(context).hasNotFailed();
            assertThat(context.getBean("threads", ThreadPoolExecutor.class)
                .submit(Contexts::seeAndLitter)
                .result(Contexts.PATIENCE)).isEqualTo(new Contexts.Seen("ada", Locale.FRENCH, "Asia/Tokyo", null));
        });
    }

    @Test
    void theCaptureOfACustomizerWins() {
        this.runner.withBean(ThreadPoolBuilderCustomizer.class, () -> (name, builder) -> builder.contextCapture(null))
            .run((context) -> {
                Contexts.become("ada", Locale.FRENCH);
                assertThat(seen(context.getBean("threads", ThreadPoolExecutor.class))).isEqualTo(Contexts.Seen.NOTHING);
            });
    }

    interface PoolTest {

        void accept(ThreadPoolExecutor pool) throws Exception;

    }

    static class Reports {

        @SubmitAsync
        public Future<Contexts.Seen> report() {
            return Futures.completed(Contexts.seeAndLitter());
        }

    }

}
