// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.PoolState;
import dev.futures.QueueFullException;
import dev.futures.pool.PoolExecutor;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.SubmitAsync;
import dev.futures.spring.support.RecordedLog;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static dev.futures.test.FuturesAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code futures.inline}.
 */
class InlinePropertyTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.inline=true", "futures.process-pools.documents.min-workers=1",
                "futures.thread-pools.mail.min-workers=1");

    @Test
    void everyPoolRunsItsTasksInTheThreadOfTheCaller() {
        this.runner.run((context) -> assertThat(context.getBeansOfType(PoolExecutor.class)).hasSize(2)
            .allSatisfy((name, pool) -> {
                assertThat(pool.submit(Thread::currentThread)).hasResult(Thread.currentThread());
                assertThat(pool.statistics().workers()).isEmpty();
            }));
    }

    @Test
    void theBeanItselfIsCalledAndTheContextOfAWorkerIsNotStarted() {
        this.runner.withUserConfiguration(Documents.class)
            .withPropertyValues(
                    "futures.process-pools.documents.worker.configuration-classes=" + NeverLoaded.class.getName())
            .run((context) -> {
                Documents bean = context.getBean(Documents.class);
                assertThat(bean.render("page").result()).isEqualTo("page");
                assertThat(bean.rendered()).containsExactly("page");
                assertThat(context.getBean(ProcessPoolExecutor.class).statistics().workers()).isEmpty();
                assertThat(NeverLoaded.loaded).isFalse();
            });
    }

    @Test
    void anInitializerOfTheApplicationRunsHere() {
        List<Thread> initialized = new ArrayList<>();
        this.runner
            .withBean(ProcessPoolBuilderCustomizer.class,
                    () -> (name, builder) -> builder.initializer(() -> initialized.add(Thread.currentThread())))
            .run((context) -> {
                context.getBean(ProcessPoolExecutor.class).submit(() -> 1);
                context.getBean(ProcessPoolExecutor.class).submit(() -> 2);
                assertThat(initialized).containsExactly(Thread.currentThread());
            });
    }

    @Test
    void aContextThatIsStoppedRefusesTasksUntilItIsStarted() {
        this.runner.withUserConfiguration(Documents.class).run((context) -> {
            context.stop();
            assertThat(context.getBean(Documents.class).render("page").exception())
                .isInstanceOf(QueueFullException.class);
            assertThat(context.getBean(ThreadPoolExecutor.class).statistics().state()).isEqualTo(PoolState.PAUSED);
            context.start();
            assertThat(context.getBean(Documents.class).render("page").result()).isEqualTo("page");
        });
    }

    @Test
    void aProcessPoolThatIsolatesNothingSaysSo() {
        try (RecordedLog log = new RecordedLog(PoolFactory.class)) {
            this.runner.withPropertyValues("futures.inline=false", "futures.process-pools.documents.min-workers=0")
                .run((context) -> assertThat(log.messages()).isEmpty());
            this.runner.run((context) -> assertThat(log.lines()).containsExactly(
                    "WARN process pool 'documents' is inline: its tasks run in this JVM and are isolated from nothing; "
                            + "that is for tests, so elsewhere remove 'futures.inline'"));
        }
    }

    @Test
    void anApplicationNeedsNothingOfTheTestSupport() {
        this.runner
            .withClassLoader(new FilteredClassLoader("org.springframework.test", "org.assertj", "dev.futures.test",
                    "dev.futures.spring.test"))
            .run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ThreadPoolExecutor.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class NeverLoaded {

        static boolean loaded;

        @Bean
        String loaded() {
            loaded = true;
            return "loaded";
        }

    }

    static class Documents {

        private final List<String> rendered = new ArrayList<>();

        @SubmitAsync("documents")
        Future<String> render(String page) {
            this.rendered.add(page);
            return Futures.completed(page);
        }

        List<String> rendered() {
            return this.rendered;
        }

    }

}
