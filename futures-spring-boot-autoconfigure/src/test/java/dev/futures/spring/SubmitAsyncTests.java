// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.QueueFullException;
import dev.futures.TaskTimeoutException;
import dev.futures.WorkerStatistics;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.test.util.AopTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link SubmitAsync} on pools of threads.
 */
class SubmitAsyncTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.thread-pools.reports.max-workers=1",
                "futures.thread-pools.reports.queue-capacity=0", "reports.pool=reports", "reports.limit=50ms");

    @Test
    void theMethodRunsInAWorkerAndTheCallerGetsItsFuture() {
        this.runner.withBean(Reports.class).run((context) -> {
            Future<String> future = context.getBean(Reports.class).threadName();
            assertThat(future.result()).isEqualTo("reports_0");
        });
    }

    @Test
    void otherFutureTypesAreReturnedAsWell() {
        this.runner.withBean(Reports.class).run((context) -> {
            assertThat(context.getBean(Reports.class).completable().get()).isEqualTo("reports_0");
            context.getBean("reports", ThreadPoolExecutor.class).awaitQuiescence(java.time.Duration.ofSeconds(20));
            assertThat(context.getBean(Reports.class).jdk().get()).isEqualTo("reports_0");
        });
    }

    @Test
    void theVeryExceptionOfTheMethodIsInTheFuture() {
        this.runner.withBean(Reports.class).run((context) -> {
            Reports reports = context.getBean(Reports.class);
            IOException thrown = new IOException("no paper");
            assertThat(reports.fail(thrown).exception()).isSameAs(thrown);
        });
    }

    @Test
    void theNameIsComputedFromTheArguments() {
        this.runner.withBean(Reports.class).run((context) -> {
            Reports reports = context.getBean(Reports.class);
            Future<Void> running = reports.named("q3.pdf");
            assertThat(target(reports).started.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(context.getBean("reports", ThreadPoolExecutor.class).statistics().workers())
                .extracting(WorkerStatistics::task)
                .containsExactly("print q3.pdf");
            target(reports).release.countDown();
            assertThat(running.exception()).isNull();
        });
    }

    @Test
    void aRejectionIsAFailedFuture() {
        this.runner.withBean(Reports.class).run((context) -> {
            Reports reports = context.getBean(Reports.class);
            Future<Void> running = reports.named("q3.pdf");
            assertThat(target(reports).started.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(reports.threadName().exception()).isInstanceOf(QueueFullException.class)
                .hasMessageContaining("'reports'");
            target(reports).release.countDown();
            assertThat(running.exception()).isNull();
        });
    }

    @Test
    void theTimeLimitStopsTheMethod() {
        this.runner.withBean(Reports.class).run((context) -> {
            Reports reports = context.getBean(Reports.class);
            assertThat(reports.endless().exception()).isInstanceOf(TaskTimeoutException.class);
            assertThat(target(reports).interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        });
    }

    @Test
    void aMethodWithoutResultRunsInAWorker() {
        this.runner.withBean(Reports.class).run((context) -> {
            Reports reports = context.getBean(Reports.class);
            reports.nothing();
            assertThat(target(reports).started.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(target(reports).thread.get()).isEqualTo("reports_0");
        });
    }

    @Test
    void onAClassItAppliesToTheMethodsThatReturnFutures() {
        this.runner.withBean(WholeClass.class).run((context) -> {
            WholeClass bean = context.getBean(WholeClass.class);
            assertThat(bean.inWorker().result()).isEqualTo("reports_0");
            assertThat(bean.inCaller()).isEqualTo(Thread.currentThread().getName());
        });
    }

    @Test
    void withoutANameTheOnlyThreadPoolIsUsed() {
        this.runner.withBean(Unnamed.class)
            .run((context) -> assertThat(context.getBean(Unnamed.class).threadName().result()).isEqualTo("reports_0"));
    }

    @Test
    void anUnknownExecutorIsFoundAtStartUp() {
        this.runner.withBean(UnknownExecutor.class)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSubmitAsyncException.class)
                .hasMessageContaining("names the executor 'repotrs'")
                .satisfies(
                        (failure) -> assertThat(((InvalidSubmitAsyncException) failure).action()).contains("reports")));
    }

    @Test
    void aReturnTypeThatIsNoFutureIsFoundAtStartUp() {
        this.runner.withBean(WrongReturnType.class)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessageContaining("WrongReturnType.text returns java.lang.String"));
    }

    @Test
    void aFinalMethodIsFoundAtStartUp() {
        this.runner.withBean(FinalMethod.class)
            .run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("final"));
    }

    @Test
    void aTimeLimitThatIsNoDurationIsFoundAtStartUp() {
        this.runner.withBean(WrongLimit.class)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessageContaining("timeLimit 'soon' is not a duration"));
    }

    @Test
    void aNameThatIsNoTemplateIsFoundAtStartUp() {
        this.runner.withBean(WrongName.class)
            .run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("is not a template"));
    }

    @Test
    void cancellingTheFutureInterruptsTheMethod() {
        this.runner.withBean(Reports.class).run((context) -> {
            Reports reports = context.getBean(Reports.class);
            Future<Void> running = reports.named("q3.pdf");
            assertThat(target(reports).started.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(running.cancel(true)).isTrue();
            assertThat(target(reports).interrupted.await(20, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(running::result).isInstanceOf(java.util.concurrent.CancellationException.class);
        });
    }

    /** A proxy has no state of its own. */
    private static Reports target(Reports proxy) {
        return AopTestUtils.getTargetObject(proxy);
    }

    static class Reports {

        final CountDownLatch started = new CountDownLatch(1);

        final CountDownLatch release = new CountDownLatch(1);

        final CountDownLatch interrupted = new CountDownLatch(1);

        final AtomicReference<String> thread = new AtomicReference<>();

        @SubmitAsync("${reports.pool}")
        public Future<String> threadName() {
            return Futures.completed(Thread.currentThread().getName());
        }

        @SubmitAsync("reports")
        public CompletableFuture<String> completable() {
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }

        @SubmitAsync("reports")
        public java.util.concurrent.Future<String> jdk() {
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }

        @SubmitAsync("reports")
        public Future<Void> fail(IOException exception) throws IOException {
            throw exception;
        }

        @SubmitAsync(executor = "reports", name = "print #{#fileName}")
        public Future<Void> named(String fileName) throws InterruptedException {
            this.started.countDown();
            try {
                this.release.await();
            }
            catch (InterruptedException ex) {
                this.interrupted.countDown();
                throw ex;
            }
            return Futures.completed(null);
        }

        @SubmitAsync(executor = "reports", timeLimit = "${reports.limit}")
        public Future<Void> endless() throws InterruptedException {
            return named("endless");
        }

        @SubmitAsync("reports")
        public void nothing() {
            this.thread.set(Thread.currentThread().getName());
            this.started.countDown();
        }

    }

    @SubmitAsync("reports")
    static class WholeClass {

        public Future<String> inWorker() {
            return Futures.completed(Thread.currentThread().getName());
        }

        public String inCaller() {
            return Thread.currentThread().getName();
        }

    }

    static class Unnamed {

        @SubmitAsync
        public Future<String> threadName() {
            return Futures.completed(Thread.currentThread().getName());
        }

    }

    static class UnknownExecutor {

        @SubmitAsync("repotrs")
        public Future<String> text() {
            return Futures.completed("");
        }

    }

    static class WrongReturnType {

        @SubmitAsync("reports")
        public String text() {
            return "";
        }

    }

    static class FinalMethod {

        @SubmitAsync("reports")
        public final Future<String> text() {
            return Futures.completed("");
        }

    }

    static class WrongLimit {

        @SubmitAsync(executor = "reports", timeLimit = "soon")
        public Future<String> text() {
            return Futures.completed("");
        }

    }

    static class WrongName {

        @SubmitAsync(executor = "reports", name = "print #{#file")
        public Future<String> text(String file) {
            return Futures.completed(file);
        }

    }

}
