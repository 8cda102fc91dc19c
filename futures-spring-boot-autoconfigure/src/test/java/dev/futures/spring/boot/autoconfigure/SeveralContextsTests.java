// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.spring.SubmitAsync;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for contexts beside and above one another, and for one that does not start.
 */
class SeveralContextsTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class));

    private final ApplicationContextRunner reports = this.runner
        .withPropertyValues("futures.thread-pools.reports.max-workers=1");

    @Test
    void aMethodOfAChildIsSubmittedToAPoolOfItsParent() {
        this.reports.run((parent) -> this.runner.withParent(parent).withBean(Worker.class).run((child) -> {
            Thread thread = child.getBean(Worker.class).thread().result();
            assertThat(thread.getName()).isEqualTo("reports_0");
            child.close();
            assertThat(parent.getBean(ThreadPoolExecutor.class).submit(Thread::currentThread).result())
                .isSameAs(thread);
        }));
    }

    @Test
    void aChildDoesNotRepeatThePoolsOfItsParent() {
        this.reports.withPropertyValues("futures.process-pools.documents.max-workers=1")
            .run((parent) -> this.reports
                .withPropertyValues("futures.process-pools.documents.max-workers=1",
                        "futures.thread-pools.mail.max-workers=1")
                .withParent(parent)
                .run((child) -> {
                    assertThat(child.getBean("reports")).isSameAs(parent.getBean("reports"));
                    assertThat(child.getBean("documents")).isSameAs(parent.getBean("documents"));
                    assertThat(child.getBeanFactory().getBeanNamesForType(ThreadPoolExecutor.class))
                        .containsExactly("mail");
                    assertThat(parent.containsBean("mail")).isFalse();
                }));
    }

    @Test
    void aChildWithoutPropertiesUsesTheDefaultPoolsOfItsParent() {
        this.runner.run((parent) -> this.runner.withParent(parent).run((child) -> {
            assertThat(child.getBean(ThreadPoolExecutor.class)).isSameAs(parent.getBean(ThreadPoolExecutor.class));
            assertThat(child.getBean(ProcessPoolExecutor.class)).isSameAs(parent.getBean(ProcessPoolExecutor.class));
        }));
    }

    @Test
    void aBeanOfAChildMayHaveTheNameOfADefaultPoolOfItsParent() {
        this.runner.run((parent) -> this.runner.withParent(parent)
            .withBean("futuresThreadPool", ThreadPoolExecutor.class,
                    () -> ThreadPoolExecutor.builder().name("of the child").build())
            .run((child) -> assertThat(child.getBean("futuresThreadPool", ThreadPoolExecutor.class).name())
                .isEqualTo("of the child")));
    }

    @Test
    void theStopOfAChildDoesNotPauseThePoolsOfItsParent() {
        this.reports.run((parent) -> this.reports.withParent(parent).run((child) -> {
            child.stop();
            assertThat(parent.getBean(ThreadPoolExecutor.class).submit(() -> 1).result()).isOne();
        }));
    }

    @Test
    void ofTwoContextsWithTheSameNamesOneEndsAndTheOtherGoesOn(@TempDir Path cache) {
        ApplicationContextRunner shared = this.reports.withPropertyValues(
                "futures.process-pools.documents.max-workers=1", "futures.process-pools.documents.max-heap=64MB",
                "futures.process-pools.documents.startup-cache=" + cache);
        shared.run((first) -> shared.run((second) -> {
            ProcessPoolExecutor ended = first.getBean(ProcessPoolExecutor.class);
            ProcessPoolExecutor goesOn = second.getBean(ProcessPoolExecutor.class);
            long firstPid = ended.submit(SeveralContextsTests::pid).result();
            long secondPid = goesOn.submit(SeveralContextsTests::pid).result();
            assertThat(firstPid).isNotEqualTo(secondPid);
            first.close();
            assertThat(ProcessHandle.of(firstPid)).isEmpty();
            assertThat(goesOn.submit(SeveralContextsTests::pid).result()).isEqualTo(secondPid);
            assertThat(second.getBean("reports", ThreadPoolExecutor.class).submit(() -> 1).result()).isOne();
        }));
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    @Test
    void aStartThatFailsHalfWayLeavesNoThreadAndNoProcess() throws InterruptedException {
        List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
        this.reports
            .withPropertyValues("futures.thread-pools.reports.min-workers=1",
                    "futures.process-pools.documents.max-workers=1", "futures.process-pools.documents.min-workers=1",
                    "futures.process-pools.documents.max-heap=64MB")
            .withUserConfiguration(FailsLate.class)
            .run((context) -> assertThat(context).getFailure().rootCause().hasMessage("half-way"));
        // a worker is gone for its pool a little before its thread has ended
        FailsLate.thread.join(60_000);
        assertThat(FailsLate.thread.isAlive()).isFalse();
        assertThat(FailsLate.process.isAlive()).isFalse();
        assertThat(ProcessHandle.current().descendants().filter((each) -> !before.contains(each))).isEmpty();
    }

    static class Worker {

        @SubmitAsync("reports")
        public Future<Thread> thread() {
            return Futures.completed(Thread.currentThread());
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class FailsLate {

        private static Thread thread;

        private static ProcessHandle process;

        @Bean
        String failing(ObjectProvider<ThreadPoolExecutor> threads, ObjectProvider<ProcessPoolExecutor> processes)
                throws Exception {
            thread = threads.getObject().submit(Thread::currentThread).result();
            long pid = processes.getObject().submit(SeveralContextsTests::pid).result();
            process = ProcessHandle.of(pid).orElseThrow();
            throw new IllegalStateException("half-way");
        }

    }

}
