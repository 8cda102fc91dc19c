// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.Executor;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.TaskContext;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what of {@link SubmitAsync} may depend on the call.
 */
class SubmitAsyncTemplateTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.thread-pools.fast.max-workers=1", "futures.thread-pools.slow.max-workers=1",
                "pool.expression=#{#p0}", "level=7");

    @Test
    void theExecutorMayDependOnTheArguments() {
        this.runner.withBean(Calls.class).run((context) -> {
            Calls calls = context.getBean(Calls.class);
            assertThat(calls.byArgument("fast").result()).isEqualTo("fast_0");
            assertThat(calls.byArgument("slow").result()).isEqualTo("slow_0");
            assertThat(calls.composed("s").result()).isEqualTo("slow_0");
        });
    }

    @Test
    void theExecutorMayComeFromAPlaceholderThatHasAnExpression() {
        this.runner.withBean(Calls.class)
            .run((context) -> assertThat(context.getBean(Calls.class).byPlaceholder("slow").result())
                .isEqualTo("slow_0"));
    }

    @Test
    void theExecutorMayBeABeanOrAnArgument() {
        this.runner.withBean(Calls.class).run((context) -> {
            Calls calls = context.getBean(Calls.class);
            assertThat(calls.byBean().result()).isEqualTo("slow_0");
            assertThat(calls.byInstance(context.getBean("fast", ThreadPoolExecutor.class)).result())
                .isEqualTo("fast_0");
        });
    }

    @Test
    void anUnknownExecutorOfACallIsAFailedFutureThatNamesTheNearest() {
        this.runner.withBean(Calls.class)
            .run((context) -> assertThat(context.getBean(Calls.class).byArgument("fasst").exception())
                .isInstanceOf(InvalidSubmitAsyncException.class)
                .hasMessageContaining("@SubmitAsync method SubmitAsyncTemplateTests.Calls.byArgument: executor "
                        + "'#{#pool}' names the executor 'fasst', but there is no dev.futures.Executor of that name; "
                        + "did you mean 'fast'? Use one of [fast, slow, futuresProcessPool], or configure a pool"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                 | null
            ''   | an empty text
            '  ' | an empty text
            """)
    void noExecutorOfACallIsAFailedFutureThatNamesThem(String name, String what) {
        this.runner.withBean(Calls.class)
            .run((context) -> assertThat(context.getBean(Calls.class).byArgument(name).exception())
                .isInstanceOf(InvalidSubmitAsyncException.class)
                .hasMessageEndingWith("Calls.byArgument: executor '#{#pool}' evaluates to " + what
                        + ", not to the name of one. Use one of [fast, slow, futuresProcessPool]."));
    }

    @Test
    void aPlaceholderThatIsEmptyIsTheDefault() {
        this.runner.withBean(ByProperty.class)
            .withPropertyValues("chosen=")
            .withBean("main", ThreadPoolExecutor.class, () -> new ThreadPoolExecutor(1),
                    (definition) -> definition.setPrimary(true))
            .run((context) -> assertThat(context.getBean(ByProperty.class).call().result()).startsWith("ThreadPool"));
    }

    static class ByProperty {

        @SubmitAsync("${chosen}")
        public Future<String> call() {
            return Futures.completed(Thread.currentThread().getName());
        }

    }

    @Test
    void anExpressionThatFailsIsAFailedFuture() {
        this.runner.withBean(Calls.class).run((context) -> {
            Calls calls = context.getBean(Calls.class);
            assertThat(calls.byLength(null).exception()).isInstanceOf(RuntimeException.class);
            assertThat(calls.withPriority("high").exception()).isInstanceOf(InvalidSubmitAsyncException.class)
                .hasMessageContaining("priority 'high' is not a whole number");
        });
    }

    @Test
    void expressionsSeeTheCall() {
        this.runner.withBean(Calls.class)
            .run((context) -> assertThat(context.getBean(Calls.class).root("a").result())
                .isEqualTo("root a Calls Calls a a"));
    }

    @Test
    void theHighestPriorityGoesFirst() {
        this.runner.withBean(Calls.class).run((context) -> {
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch busy = new CountDownLatch(1);
            context.getBean("fast", ThreadPoolExecutor.class).submit(() -> {
                busy.countDown();
                return release.await(20, TimeUnit.SECONDS);
            });
            assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
            Calls calls = context.getBean(Calls.class);
            StringBuffer order = new StringBuffer();
            Future<Void> low = calls.ordered("1", order);
            Future<Void> high = calls.ordered("9", order);
            Future<Void> fixed = calls.atLevel(order);
            release.countDown();
            assertThat(low.exception()).isNull();
            assertThat(high.exception()).isNull();
            assertThat(fixed.exception()).isNull();
            assertThat(order).hasToString("9 fixed 1 ");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    UnknownVariable  | name 'print #{#docment.name}' has '#docment', but the method has no such parameter
                    BrokenExecutor   | executor '#{#name.}' is not a template
                    WrongPriority    | priority 'urgent' is not a whole number
                    UnknownPool      | names the executor 'fsat', but there is no dev.futures.Executor of that name; did you mean 'fast'?
                    NoSuchProperty   | names the executor '${no.such.property}'
                    """)
    void whatDoesNotDependOnTheCallIsFoundAtStartUp(String type, String message) throws ClassNotFoundException {
        Class<?> bean = Class.forName(SubmitAsyncTemplateTests.class.getName() + "$" + type);
        this.runner.withBean(bean)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSubmitAsyncException.class)
                .hasMessageContaining(message));
    }

    static class Calls {

        @SubmitAsync("#{#pool}")
        public Future<String> byArgument(String pool) {
            return worker();
        }

        @SubmitAsync("#{#a0}low")
        public Future<String> composed(String prefix) {
            return worker();
        }

        @SubmitAsync("${pool.expression}")
        public Future<String> byPlaceholder(String pool) {
            return worker();
        }

        @SubmitAsync("#{@slow}")
        public Future<String> byBean() {
            return worker();
        }

        @SubmitAsync("#{#root.args[0]}")
        public Future<String> byInstance(Executor executor) {
            return worker();
        }

        @SubmitAsync("#{#text.length() > 3 ? 'slow' : 'fast'}")
        public Future<String> byLength(String text) {
            return worker();
        }

        @SubmitAsync(executor = "fast", priority = "#{#priority}")
        public Future<String> withPriority(String priority) {
            return worker();
        }

        @SubmitAsync(executor = "fast", name = "#{#root.methodName} #{#root.args[0]} "
                + "#{#root.target.getClass().simpleName} #{#root.targetClass.simpleName} #{#p0} #{#a0}")
        public Future<String> root(String argument) {
            return Futures.completed(TaskContext.current().taskName());
        }

        @SubmitAsync(executor = "fast", priority = "#{#priority}")
        public Future<Void> ordered(String priority, StringBuffer order) {
            order.append(priority).append(' ');
            return Futures.completed(null);
        }

        @SubmitAsync(executor = "fast", priority = "${level}")
        public Future<Void> atLevel(StringBuffer order) {
            order.append("fixed ");
            return Futures.completed(null);
        }

        private static Future<String> worker() {
            return Futures.completed(Thread.currentThread().getName());
        }

    }

    static class UnknownVariable {

        @SubmitAsync(executor = "fast", name = "print #{#docment.name}")
        public void print(String document) {
        }

    }

    static class BrokenExecutor {

        @SubmitAsync("#{#name.}")
        public void print(String name) {
        }

    }

    static class WrongPriority {

        @SubmitAsync(executor = "fast", priority = "urgent")
        public void print() {
        }

    }

    static class UnknownPool {

        @SubmitAsync("fsat")
        public void print() {
        }

    }

    static class NoSuchProperty {

        @SubmitAsync("${no.such.property}")
        public void print() {
        }

    }

}
