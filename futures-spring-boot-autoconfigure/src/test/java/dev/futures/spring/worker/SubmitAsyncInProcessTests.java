// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.io.Serializable;
import java.util.List;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.process.TaskSerializationException;
import dev.futures.process.WorkerDiedException;
import dev.futures.spring.SubmitAsync;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SubmitAsync} on pools of processes.
 */
class SubmitAsyncInProcessTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.process-pools.documents.max-workers=1",
                "futures.process-pools.documents.max-heap=128MB");

    @Test
    void theMethodRunsInTheChildOnABeanOfTheChild() {
        this.runner.withBean(Renderer.class).run((context) -> {
            Renderer renderer = context.getBean(Renderer.class);
            Rendered rendered = renderer.render("a.pdf", List.of(1, 2)).result();
            assertThat(rendered.pid()).isNotEqualTo(ProcessHandle.current().pid());
            assertThat(rendered.text()).isEqualTo("a.pdf [1, 2]");
            assertThat(rendered.calls()).isEqualTo(1);
            assertThat(renderer.render("b.pdf", List.of()).result().calls()).isEqualTo(2);
        });
    }

    @Test
    void theContextHasTheConfigurationPropertiesAndProfilesThatThePoolNames() {
        this.runner.withBean(Configured.class, () -> new Configured(null, null))
            .withInitializer((context) -> context.getEnvironment().addActiveProfile("night"))
            .withPropertyValues(
                    "futures.process-pools.documents.worker.configuration-classes="
                            + WorkerConfiguration.class.getName(),
                    "futures.process-pools.documents.worker.properties.greeting=hello")
            .run((context) -> assertThat(context.getBean(Configured.class).describe().result())
                .isEqualTo("hello from the child, [night]"));
    }

    @Test
    void theDeathOfTheChildFailsOnlyTheCall() {
        this.runner.withBean(Renderer.class).run((context) -> {
            Renderer renderer = context.getBean(Renderer.class);
            assertThat(renderer.die().exception()).isInstanceOf(WorkerDiedException.class)
                .hasMessageContaining("task 'SubmitAsyncInProcessTests.Renderer.die'");
            assertThat(renderer.render("a.pdf", List.of()).result().text()).isEqualTo("a.pdf []");
            assertThat(context.getBean(ProcessPoolExecutor.class).statistics().restarts()).isEqualTo(1);
        });
    }

    @Test
    void anArgumentThatCannotTravelFailsTheCallAndIsNamed() {
        this.runner.withBean(Renderer.class)
            .run((context) -> assertThat(context.getBean(Renderer.class).thread(new Thread()).exception())
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("java.lang.Thread"));
    }

    @Test
    void anExceptionOfTheMethodArrivesAsItIs() {
        this.runner.withBean(Renderer.class)
            .run((context) -> assertThat(context.getBean(Renderer.class).fail("torn").exception())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("torn"));
    }

    record Rendered(String text, long pid, int calls) implements Serializable {

    }

    static class Renderer {

        private int calls;

        @SubmitAsync("documents")
        public Future<Rendered> render(String name, List<Integer> pages) {
            this.calls++;
            return Futures.completed(new Rendered(name + " " + pages, ProcessHandle.current().pid(), this.calls));
        }

        @SubmitAsync("documents")
        public Future<Void> die() {
            Runtime.getRuntime().halt(9);
            return Futures.completed(null);
        }

        @SubmitAsync("documents")
        public Future<String> thread(Thread thread) {
            return Futures.completed(thread.getName());
        }

        @SubmitAsync("documents")
        public Future<Void> fail(String message) {
            throw new IllegalArgumentException(message);
        }

    }

    static class Configured {

        private final String greeting;

        private final String profiles;

        Configured(String greeting, String profiles) {
            this.greeting = greeting;
            this.profiles = profiles;
        }

        @SubmitAsync("documents")
        public Future<String> describe() {
            return Futures.completed(this.greeting + " from the child, " + this.profiles);
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class WorkerConfiguration {

        @Bean
        Configured configured(@Value("${greeting}") String greeting, Environment environment) {
            return new Configured(greeting, List.of(environment.getActiveProfiles()).toString());
        }

    }

}
