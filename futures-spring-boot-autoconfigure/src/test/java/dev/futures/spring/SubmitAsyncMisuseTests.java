// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is wrong with a {@link SubmitAsync} method, and is said at start-up.
 */
class SubmitAsyncMisuseTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.thread-pools.threads.max-workers=1",
                "futures.process-pools.processes.max-workers=1");

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    ReturnsText   | ReturnsText.call returns java.lang.String | Return dev.futures.Future, java.util.concurrent.Future, CompletionStage, CompletableFuture, void or, with Reactor, Mono. The body returns its result with Futures.completed(...).
                    ReturnsAny    | ReturnsAny.call returns T | Return dev.futures.Future, java.util.concurrent.Future, CompletionStage, CompletableFuture, void or, with Reactor, Mono. The body returns its result with Futures.completed(...).
                    StaticMethod  | StaticMethod.call is private, static or final, so its calls cannot be intercepted | Make it a public method that can be overridden.
                    Twice         | Twice.call is an @Async method as well, and would be submitted twice | Remove @Async.
                    BeanMethod    | BeanMethod.call is a @Bean method, which makes a bean at start-up | Move what is to run in a worker to a method of the bean.
                    """)
    void aMethodThatCannotWorkIsRefused(String type, String message, String action) {
        assertRefused(type, "@SubmitAsync method SubmitAsyncMisuseTests." + message, action);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TakesStream   | TakesStream.call takes java.io.InputStream as 'in'
            TakesOptional | TakesOptional.call takes java.util.Optional[] as 'texts'
            TakesRecord   | TakesRecord.call takes dev.futures.spring.SubmitAsyncMisuseTests$Plain as 'plain'
            TakesRequest  | TakesRequest.call takes jakarta.servlet.http.HttpServletRequest as 'request'
            GivesStream   | GivesStream.call has a java.util.stream.Stream as its result
            TakesGeneric  | TakesGeneric.call takes java.lang.Thread as 'argument'
            """)
    void whatCannotTravelToAProcessIsRefused(String type, String message) {
        assertRefused(type,
                "@SubmitAsync method SubmitAsyncMisuseTests." + message
                        + ", which cannot travel to or from a worker process",
                "Pass a value that is java.io.Serializable, such as a record that implements it, a String, a File or "
                        + "a byte[]; or use a thread pool.");
    }

    private void assertRefused(String type, String message, String action) {
        this.runner.withBean(typed(type)).run((context) -> {
            assertThat(context).hasFailed();
            InvalidSubmitAsyncException refusal = refusal(context.getStartupFailure());
            assertThat(refusal).hasMessage(message);
            assertThat(refusal.action()).isEqualTo(action);
        });
    }

    private static Class<?> typed(String name) {
        try {
            return Class.forName(SubmitAsyncMisuseTests.class.getName() + "$" + name);
        }
        catch (ClassNotFoundException ex) {
            throw new IllegalArgumentException(ex);
        }
    }

    private static InvalidSubmitAsyncException refusal(@Nullable Throwable failure) {
        Throwable current = failure;
        while (current != null && !(current instanceof InvalidSubmitAsyncException)) {
            current = current.getCause();
        }
        assertThat(current).isNotNull();
        return (InvalidSubmitAsyncException) current;
    }

    @Test
    void whatMayHaveASerializableSubclassIsLeftToTheCall() {
        this.runner.withBean(MayTravel.class).run((context) -> assertThat(context).hasNotFailed());
    }

    @Test
    void threadsTakeEverything() {
        this.runner.withBean(InThread.class).run((context) -> assertThat(context).hasNotFailed());
    }

    @Test
    void anAsyncMethodThatReturnsOurFutureIsRefused() {
        this.runner.withUserConfiguration(WithAsync.class)
            .withBean(OurFuture.class)
            .run((context) -> assertThat(refusal(context.getStartupFailure())).hasMessage(
                    "@Async method SubmitAsyncMisuseTests.OurFuture.call returns dev.futures.Future, which @Async "
                            + "cannot make"));
    }

    @Test
    void itIsRefusedBesideAMethodThatIsSubmittedToo() {
        this.runner.withUserConfiguration(WithAsync.class)
            .withBean(OneOfEach.class)
            .run((context) -> assertThat(refusal(context.getStartupFailure()))
                .hasMessageStartingWith("@Async method SubmitAsyncMisuseTests.OneOfEach.async returns "));
    }

    @Test
    void aMethodOfAConfigurationClassWorks() {
        this.runner.withUserConfiguration(Full.class)
            .run((context) -> assertThat(context.getBean(Full.class).call().result()).isEqualTo("threads_0"));
    }

    static class ReturnsText {

        @SubmitAsync("threads")
        public String call() {
            return "";
        }

    }

    static class ReturnsAny<T> {

        @SubmitAsync("threads")
        public @Nullable T call() {
            return null;
        }

    }

    static class StaticMethod {

        @SubmitAsync("threads")
        public static void call() {
        }

    }

    static class Twice {

        @Async
        @SubmitAsync("threads")
        public void call() {
        }

    }

    static class BeanMethod {

        @Bean
        @SubmitAsync("threads")
        public Future<String> call() {
            return Futures.completed("");
        }

    }

    static class TakesStream {

        @SubmitAsync("processes")
        public void call(String name, InputStream in) {
        }

    }

    static class TakesOptional {

        @SubmitAsync("processes")
        public void call(Optional<String>[] texts) {
        }

    }

    record Plain(String text) {

    }

    static class TakesRecord {

        @SubmitAsync("processes")
        public void call(Plain plain) {
        }

    }

    static class TakesRequest {

        @SubmitAsync("processes")
        public void call(HttpServletRequest request) {
        }

    }

    static class GivesStream {

        @SubmitAsync("processes")
        public Future<Stream<String>> call() {
            return Futures.completed(Stream.of());
        }

    }

    abstract static class Generic<T> {

        @SubmitAsync("processes")
        public void call(T argument) {
        }

    }

    static class TakesGeneric extends Generic<Thread> {

    }

    static class Open {

    }

    static class MayTravel {

        @SubmitAsync("processes")
        public Future<List<Plain>> call(Runnable code, Open open, int number, Thread.State state, byte[] bytes,
                Object any) {
            return Futures.completed(List.of());
        }

        @SubmitAsync("processes")
        public Future<Void> nothing() {
            return Futures.completed(null);
        }

    }

    static class InThread {

        @SubmitAsync("threads")
        public Future<Optional<String>> call(InputStream in, Thread thread) {
            return Futures.completed(Optional.empty());
        }

    }

    @EnableAsync
    @Configuration(proxyBeanMethods = false)
    static class WithAsync {

    }

    static class OurFuture {

        @Async
        public Future<String> call() {
            return Futures.completed("");
        }

    }

    static class OneOfEach {

        @SubmitAsync("threads")
        public Future<String> submitted() {
            return Futures.completed("");
        }

        @Async
        public Future<String> async() {
            return Futures.completed("");
        }

    }

    @Configuration
    static class Full {

        @SubmitAsync("threads")
        public Future<String> call() {
            return Futures.completed(Thread.currentThread().getName());
        }

    }

}
