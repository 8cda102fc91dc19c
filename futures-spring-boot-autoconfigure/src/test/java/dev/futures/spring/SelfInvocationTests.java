// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.spring.support.RecordedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SelfInvocations}.
 */
class SelfInvocationTests {

    private static final Set<String> RENDER = Set.of("render(I)Ldev/futures/Future;");

    @Test
    void aCallOnThisIsFoundAlsoInLambdasAndMethodReferences() {
        assertThat(SelfInvocations.in(CallsItself.class, RENDER)).containsExactlyInAnyOrder("directly calls render",
                "inLambda calls render", "byReference calls render");
    }

    @ParameterizedTest
    @ValueSource(classes = { WithField.class, WithProvider.class, WithParameter.class, WithCreation.class,
            Recursive.class, Proxied.class, WithHolder.class, WithFieldOfHolder.class })
    void nothingIsSaidWhereItMayBeAnotherObject(Class<?> type) {
        assertThat(SelfInvocations.in(type, RENDER)).isEmpty();
    }

    @Test
    void itIsSaidOnceAtStartUp() {
        try (RecordedLog log = new RecordedLog(SubmitAsync.class)) {
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
                .withBean("one", CallsItself.class)
                .withBean("two", CallsItself.class)
                .run((context) -> assertThat(context).hasNotFailed());
            assertThat(log.lines()).hasSize(3)
                .anySatisfy((line) -> assertThat(line).startsWith("WARN in SelfInvocationTests.CallsItself, directly "
                        + "calls render, a @SubmitAsync method, on the same object"));
        }
    }

    static class CallsItself {

        @SubmitAsync
        public Future<Integer> render(int page) {
            return Futures.completed(page);
        }

        public Future<Integer> directly() {
            return render(1);
        }

        public Supplier<Future<Integer>> inLambda() {
            return () -> render(1);
        }

        public IntFunction<Future<Integer>> byReference() {
            return this::render;
        }

    }

    static class WithField {

        WithField self;

        public Future<Integer> render(int page) {
            return Futures.completed(page);
        }

        public Future<Integer> other() {
            return this.self.render(1);
        }

    }

    static class WithProvider {

        private final ObjectProvider<WithProvider> self;

        WithProvider(ObjectProvider<WithProvider> self) {
            this.self = self;
        }

        public Future<Integer> render(int page) {
            return Futures.completed(page);
        }

        public Future<Integer> other() {
            return this.self.getObject().render(1);
        }

    }

    static class WithParameter {

        public Future<Integer> render(int page) {
            return Futures.completed(page);
        }

        public Future<Integer> other(WithParameter another) {
            return another.render(1);
        }

    }

    static class WithCreation {

        public Future<Integer> render(int page) {
            return Futures.completed(page);
        }

        public static Future<Integer> other() {
            return new WithCreation().render(1);
        }

    }

    static class Holder {

        WithFieldOfHolder bean;

        WithHolder get() {
            return new WithHolder();
        }

    }

    static class WithHolder {

        Holder holder;

        public Future<Integer> render(int page) {
            return Futures.completed(page);
        }

        public Future<Integer> other() {
            return this.holder.get().render(1);
        }

    }

    static class WithFieldOfHolder {

        Holder holder;

        public Future<Integer> render(int page) {
            return Futures.completed(page);
        }

        public Future<Integer> other() {
            return this.holder.bean.render(1);
        }

    }

    static class Recursive {

        public Future<Integer> render(int page) {
            return (page > 0) ? render(page - 1) : Futures.completed(page);
        }

    }

    interface Renderer {

        Future<Integer> render(int page);

    }

    static class Proxied implements Renderer {

        private final Renderer self;

        Proxied(Renderer self) {
            this.self = self;
        }

        @Override
        public Future<Integer> render(int page) {
            return Futures.completed(page);
        }

        public Future<Integer> other() {
            return this.self.render(1);
        }

    }

}
