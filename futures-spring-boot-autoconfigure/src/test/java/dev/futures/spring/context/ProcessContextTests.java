// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.futures.ContextSnapshot;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.process.WorkerDiedException;
import dev.futures.spring.SubmitAsync;
import dev.futures.spring.support.RecordedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what tasks in processes get of their submitter's context.
 */
class ProcessContextTests {

    private final ApplicationContextRunner runner = Contexts.runner()
        .withPropertyValues("futures.process-pools.processes.max-workers=1",
                "futures.process-pools.processes.max-heap=128MB");

    @AfterEach
    void clear() {
        Contexts.clear();
    }

    private void withPool(PoolTest test, String... properties) {
        this.runner.withPropertyValues(properties)
            .run((context) -> test.accept(context.getBean("processes", ProcessPoolExecutor.class)));
    }

    private static Contexts.Seen seen(ProcessPoolExecutor pool) throws Exception {
        return pool.submit(Contexts::seeAndLitter).result(Contexts.PATIENCE);
    }

    private static Contexts.Seen of(String user, Locale locale) {
        return new Contexts.Seen(user, locale, "Asia/Tokyo", null);
    }

    @Test
    void aSecurityContextThatCannotBeReadIsAbsentAndWhatWasThereComesBack() {
        Contexts.become("ada", Locale.FRENCH);
        try (ContextSnapshot.Scope scope = CapturedElement
            .putAll(List.of(new CapturedElement<>(new SecurityElement(), new byte[] { 1 })))) {
            assertThat(Contexts.see().principal()).isNull();
        }
        assertThat(Contexts.see().principal()).isEqualTo("ada");
    }

    @Test
    void loggingContextAndLocaleTravelAndAreTakenAway() {
        withPool((pool) -> {
            Contexts.become("ada", Locale.FRENCH);
            assertThat(pool.submit(Contexts::see).result(Contexts.PATIENCE)).isEqualTo(of("ada", Locale.FRENCH));
            Contexts.become("grace", Locale.GERMAN);
            assertThat(pool.submit(Contexts::see).result(Contexts.PATIENCE)).isEqualTo(of("grace", Locale.GERMAN));
            Contexts.clear();
            assertThat(pool.submit(Contexts::see).result(Contexts.PATIENCE)).isEqualTo(Contexts.Seen.NOTHING);
        });
    }

    @Test
    void aProcessThatTakesThePlaceOfADeadOneHasTheContextOfItsTask() {
        withPool((pool) -> {
            Contexts.become("ada", Locale.FRENCH);
            Future<?> dying = pool.submit(() -> Runtime.getRuntime().halt(1));
            Contexts.become("grace", Locale.GERMAN);
            Future<Contexts.Seen> next = pool.submit(Contexts::see);
            Contexts.clear();
            assertThat(dying.exception(Contexts.PATIENCE)).isInstanceOf(WorkerDiedException.class);
            assertThat(next.result(Contexts.PATIENCE)).isEqualTo(of("grace", Locale.GERMAN));
            assertThat(pool.submit(Contexts::see).result(Contexts.PATIENCE)).isEqualTo(Contexts.Seen.NOTHING);
        });
    }

    @Test
    void theSecurityContextTravelsIfItIsAskedForAndCan() {
        withPool((pool) -> {
            Contexts.become("ada", Locale.FRENCH);
            assertThat(seen(pool)).isEqualTo(new Contexts.Seen("ada", Locale.FRENCH, "Asia/Tokyo", "ada"));
            SecurityContextHolder.clearContext();
            assertThat(seen(pool)).isEqualTo(of("ada", Locale.FRENCH));
            SecurityContextHolder.getContext()
                .setAuthentication(new TestingAuthenticationToken(new Object(), "cannot travel"));
            assertThat(seen(pool)).isEqualTo(of("ada", Locale.FRENCH));
            assertThat(seen(pool)).isEqualTo(of("ada", Locale.FRENCH));
        }, "futures.context.security-in-processes=true");
    }

    @Test
    void nothingTravelsIfThatIsSwitchedOff() {
        withPool((pool) -> {
            Contexts.become("ada", Locale.FRENCH);
            assertThat(pool.submit(Contexts::see).result(Contexts.PATIENCE)).isEqualTo(Contexts.Seen.NOTHING);
        }, "futures.context.propagate=false");
    }

    @Test
    void theLogOfAProcessHasTheTraceOfItsTask() {
        try (RecordedLog log = new RecordedLog()) {
            this.runner.withBean(Reports.class).run((context) -> {
                Reports reports = context.getBean(Reports.class);
                MDC.put("traceId", "4bf92f35");
                assertThat(reports.report("with it").result(Contexts.PATIENCE)).isEqualTo("done");
                MDC.clear();
                assertThat(reports.report("without it").result(Contexts.PATIENCE)).isEqualTo("done");
                await().atMost(Contexts.PATIENCE)
                    .untilAsserted(() -> assertThat(log.messages()).anyMatch(
                            (line) -> line.matches(".* INFO \\[traceId=4bf92f35\\] \\S+Reports +: reporting with it"))
                        .anyMatch((line) -> line.matches(".* INFO [^\\[ ]+Reports +: reporting without it")));
            });
        }
    }

    @Test
    void whatCannotBeReadIsLeftOut() {
        Contexts.become("nobody", Locale.FRENCH);
        ProcessContext context = new ProcessContext(
                List.of(new ProcessContext.Part(TravellingElement.SECURITY, new byte[] { 1 }),
                        new ProcessContext.Part(TravellingElement.MDC, Map.of("user", "ada"))));
        try (ContextSnapshot.Scope scope = context.restore()) {
            assertThat(scope).isNotNull();
            assertThat(Contexts.see().principal()).isNull();
            assertThat(Contexts.see().user()).isEqualTo("ada");
        }
        assertThat(Contexts.see().user()).isEqualTo("nobody");
    }

    interface PoolTest {

        void accept(ProcessPoolExecutor pool) throws Exception;

    }

    static class Reports {

        @SubmitAsync("processes")
        public Future<String> report(String text) {
            LoggerFactory.getLogger(Reports.class).info("reporting {}", text);
            return Futures.completed("done");
        }

    }

}
