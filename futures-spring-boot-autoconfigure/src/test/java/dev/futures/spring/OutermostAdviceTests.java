// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.LogManager;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.interpreter.InterpreterPoolExecutor;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.SimpleTransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Other advice of a {@link SubmitAsync} method on a pool of threads runs in the worker.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutermostAdviceTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withUserConfiguration(Advice.class)
        .withPropertyValues("futures.thread-pools.jobs.max-workers=1")
        .withBean(Jobs.class);

    @Test
    void theTransactionIsTheWorkers() {
        this.runner.run((context) -> {
            assertThat(context.getBean(Jobs.class).transactional().result()).isEqualTo("jobs_0");
            assertThat(context.getBean(Transactions.class).events).containsExactly("begin in jobs_0",
                    "commit in jobs_0");
        });
    }

    @Test
    void theTransactionOfAMethodThatThrowsIsRolledBackInTheWorker() {
        this.runner.run((context) -> {
            assertThat(context.getBean(Jobs.class).failing().exception()).hasMessage("no paper");
            assertThat(context.getBean(Transactions.class).events).containsExactly("begin in jobs_0",
                    "rollback in jobs_0");
        });
    }

    @Test
    void retriesAreTheWorkers() {
        this.runner
            .run((context) -> assertThat(context.getBean(Jobs.class).retried(new CopyOnWriteArrayList<>()).result())
                .containsExactly("jobs_0", "jobs_0", "jobs_0"));
    }

    @Test
    void aCallInAnInterpreterTravels() {
        this.runner
            .withBean("interpreters", InterpreterPoolExecutor.class,
                    () -> InterpreterPoolExecutor.builder().name("interpreters").maxWorkers(1).build())
            .withBean(InInterpreter.class)
            .run((context) -> assertThat(context.getBean(InInterpreter.class).loader().result(Duration.ofSeconds(60)))
                .contains("IsolatedClassLoader"));
    }

    @Test
    void aContextInAnInterpreterLeavesTheLoggingOfTheJvmAlone() {
        aCallInAnInterpreterTravels();
        assertThat(LogManager.getLogManager().getLogger("").getHandlers())
            .extracting((handler) -> handler.getClass().getClassLoader())
            .noneMatch((loader) -> loader != null && loader != getClass().getClassLoader());
    }

    @Test
    void noBeanIsMadeTooEarly(CapturedOutput output) {
        this.runner.run((context) -> {
            assertThat(context).hasNotFailed();
            assertThat(output).doesNotContain("not eligible for getting processed by all BeanPostProcessors");
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    @EnableResilientMethods
    static class Advice {

        @Bean
        Transactions transactions() {
            return new Transactions();
        }

    }

    static class Transactions implements PlatformTransactionManager {

        final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public TransactionStatus getTransaction(TransactionDefinition definition) {
            note("begin");
            return new SimpleTransactionStatus();
        }

        @Override
        public void commit(TransactionStatus status) {
            note("commit");
        }

        @Override
        public void rollback(TransactionStatus status) {
            note("rollback");
        }

        private void note(String what) {
            this.events.add(what + " in " + Thread.currentThread().getName());
        }

    }

    static class InInterpreter {

        @SubmitAsync("interpreters")
        public Future<String> loader() {
            return Futures.completed(getClass().getClassLoader().getClass().getSimpleName());
        }

    }

    static class Jobs {

        @SubmitAsync("jobs")
        @Transactional
        public Future<String> transactional() {
            return Futures.completed(Thread.currentThread().getName());
        }

        @SubmitAsync("jobs")
        @Transactional
        public Future<Void> failing() {
            throw new IllegalStateException("no paper");
        }

        @SubmitAsync("jobs")
        @Retryable(delay = 1)
        public Future<List<String>> retried(List<String> attempts) {
            attempts.add(Thread.currentThread().getName());
            if (attempts.size() < 3) {
                throw new IllegalStateException("once more");
            }
            return Futures.completed(attempts);
        }

    }

}
