// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.test;

import java.time.Duration;
import java.util.List;

import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.test.TestedApplication.Renderer;
import dev.futures.test.ManualExecutor;
import dev.futures.test.SubmittedTask;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.junit.jupiter.SpringExtension;

import static dev.futures.test.FuturesAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureFutures}.
 */
class AutoConfigureFuturesTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static ContextCustomizer customizer(Class<?> testClass) {
        return new FuturesContextCustomizerFactory().createContextCustomizer(testClass, List.of());
    }

    @Test
    void theModeIsPartOfTheKeyOfTheContext() {
        ContextCustomizer inline = customizer(Inline.class);
        assertThat(inline).isEqualTo(customizer(OfSlice.class)).hasSameHashCodeAs(customizer(OfSlice.class));
        assertThat(customizer(Manual.class)).isNotEqualTo(inline);
        assertThat(customizer(Pools.class)).isNotEqualTo(inline).isNotEqualTo(customizer(Manual.class));
    }

    @Test
    void withoutTheAnnotationNothingIsDone() {
        assertThat(customizer(AutoConfigureFuturesTests.class)).isNull();
    }

    @Nested
    @SpringBootTest(classes = TestedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = { "futures.inline=false", "futures.process-pools.documents.max-workers=1",
                    "futures.process-pools.documents.min-workers=1",
                    "futures.process-pools.documents.worker.configuration-classes=java.lang.Object" })
    @AutoConfigureFutures
    class Inline {

        @Test
        void theMethodHasRunOnTheVeryBeanInThisThread(@Autowired Renderer renderer) throws Exception {
            int before = renderer.calls();
            Object notSerializable = new Object();
            assertThat(renderer.render(notSerializable)).hasResult(notSerializable);
            assertThat(renderer.calls()).isEqualTo(before + 1);
            assertThat(renderer.inDefaultPool()).hasResult(Thread.currentThread());
            assertThat(renderer.process()).hasResult(ProcessHandle.current().pid());
        }

        @Test
        void poolsKeepTheirTypesAndHaveNoWorkers(@Autowired ThreadPoolExecutor threads,
                @Autowired ProcessPoolExecutor documents) {
            assertThat(documents.submit(Thread::currentThread)).hasResult(Thread.currentThread());
            assertThat(threads.submit(Thread::currentThread)).hasResult(Thread.currentThread());
            assertThat(documents).hasName("documents").hasWorkers(0).isRunning();
            assertThat(threads).hasName("futuresThreadPool").hasWorkers(0);
        }

    }

    @Nested
    @SpringBootTest(classes = TestedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = "futures.process-pools.documents.max-workers=1")
    @AutoConfigureFutures(mode = AutoConfigureFutures.Mode.MANUAL)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    class Manual {

        @Autowired
        Renderer renderer;

        @Autowired
        ManualExecutor documents;

        @Test
        void aMethodRunsWhenTheTestSaysSo() {
            Future<Object> page = this.renderer.render("page 3");
            assertThat(page).isPending();
            assertThat(this.documents.waiting()).extracting(SubmittedTask::name).containsExactly("render page 3");
            this.documents.runAll();
            assertThat(page).hasResult("page 3");
        }

        @Test
        void eachPoolIsABeanOfItsName(@Autowired ApplicationContext context,
                @Autowired @Qualifier("futuresThreadPool") ManualExecutor threads) {
            assertThat(context.getBeanNamesForType(Executor.class)).containsExactlyInAnyOrder("documents",
                    "futuresThreadPool");
            Future<Thread> future = this.renderer.inDefaultPool();
            assertThat(threads).hasQueueDepth(1).hasName("futuresThreadPool");
            assertThat(this.documents).hasQueueDepth(0);
            threads.runNext();
            assertThat(future).hasResult(Thread.currentThread());
        }

        @Test
        void oneTestLeavesNothingToTheNext1() {
            assertThat(this.documents.submitted()).isEmpty();
            this.renderer.render("left behind");
        }

        @Test
        void oneTestLeavesNothingToTheNext2() {
            assertThat(this.documents.submitted()).isEmpty();
            assertThat(this.documents).hasQueueDepth(0);
            this.renderer.render("left behind");
        }

    }

    @Nested
    @SpringBootTest(classes = TestedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.NONE,
            properties = { "futures.inline=true", "futures.thread-pools.documents.max-workers=1" })
    @AutoConfigureFutures(mode = AutoConfigureFutures.Mode.POOLS)
    class Pools {

        @Test
        void tasksRunInWorkers(@Autowired Renderer renderer) {
            assertThat(renderer.inDefaultPool()).succeedsWithin(PATIENCE).isNotEqualTo(Thread.currentThread());
        }

    }

    @Nested
    @ExtendWith(SpringExtension.class)
    @ContextConfiguration(classes = OfSlice.Service.class)
    @AutoConfigureFutures
    class OfSlice {

        @Test
        void aTestWithoutTheApplicationHasPools(@Autowired ThreadPoolExecutor pool) {
            assertThat(pool.submit(Thread::currentThread)).hasResult(Thread.currentThread());
        }

        @Test
        void theContextOfTheSubmitterComesWithThem(@Autowired ApplicationContext context) {
            assertThat(context.containsBean("futuresPoolContext")).isTrue();
        }

        @Configuration(proxyBeanMethods = false)
        static class Service {

        }

    }

    @Nested
    @ExtendWith(SpringExtension.class)
    @ContextConfiguration(classes = OwnPool.Service.class)
    @AutoConfigureFutures(mode = AutoConfigureFutures.Mode.MANUAL)
    class OwnPool {

        static class Registrar implements BeanRegistrar {

            @Override
            public void register(BeanRegistry registry, Environment environment) {
                registry.registerBean("registered", ThreadPoolExecutor.class,
                        (spec) -> spec.supplier((context) -> new ThreadPoolExecutor(1)));
            }

        }

        @Test
        void aPoolThatTheApplicationDeclaresStaysAsItIs(@Autowired ApplicationContext context) {
            assertThat(context.getBean("own")).isInstanceOf(ThreadPoolExecutor.class);
            assertThat(context.getBean("registered")).isInstanceOf(ThreadPoolExecutor.class);
            assertThat(context.getBean("futuresProcessPool")).isInstanceOf(ManualExecutor.class);
        }

        @Configuration(proxyBeanMethods = false)
        @Import(Registrar.class)
        static class Service {

            @Bean
            ThreadPoolExecutor own() {
                return new ThreadPoolExecutor(1);
            }

        }

    }

}
