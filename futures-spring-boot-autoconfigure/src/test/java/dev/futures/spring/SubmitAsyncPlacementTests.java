// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the places where {@link SubmitAsync} may be, and for those where it cannot
 * work.
 */
class SubmitAsyncPlacementTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.thread-pools.reports.max-workers=1");

    @Test
    void onAMethodOfAnInterfaceItAppliesToTheImplementation() {
        this.runner.withBean(Implementation.class).run((context) -> {
            assertThat(context.getBean(Implementation.class).threadName().result()).isEqualTo("reports_0");
            assertThat(context.getBean(Named.class).threadName().result()).isEqualTo("reports_0");
        });
    }

    @Test
    void onAMethodOfAnInterfaceItAppliesToAProxyOfTheInterface() {
        this.runner.withBean(Implementation.class)
            .withPropertyValues("spring.aop.proxy-target-class=false")
            .run((context) -> assertThat(context.getBean(Named.class).threadName().result()).isEqualTo("reports_0"));
    }

    @Test
    void onAGenericMethodItAppliesToTheOneThatImplementsIt() {
        this.runner.withBean(TextJob.class).run((context) -> {
            assertThat(context.getBean(TextJob.class).run("a").result()).isEqualTo("a in reports_0");
            Job<String> job = context.getBean(TextJob.class);
            assertThat(job.run("b").result()).isEqualTo("b in reports_0");
        });
    }

    @Test
    void anAnnotationMayBeComposedOfIt() {
        this.runner.withBean(Composed.class).run((context) -> {
            assertThat(context.getBean(Composed.class).fixed().result()).isEqualTo("reports_0");
            assertThat(context.getBean(Composed.class).aliased().result()).isEqualTo("reports_0");
        });
    }

    @Test
    void onAClassItLeavesMethodsThatAreNotPublicAlone() {
        this.runner.withBean(WithHelpers.class).run((context) -> {
            WithHelpers bean = context.getBean(WithHelpers.class);
            assertThat(bean.inWorker().result()).isEqualTo("reports_0");
            assertThat(bean.helper().result()).isEqualTo(Thread.currentThread().getName());
        });
    }

    @Test
    void onAnInterfaceItAppliesToTheMethodsOfItsImplementations() {
        this.runner.withBean(OfWholeInterface.class)
            .run((context) -> assertThat(context.getBean(WholeInterface.class).threadName().result())
                .isEqualTo("reports_0"));
        this.runner.withBean(OfWholeInterface.class)
            .withPropertyValues("spring.aop.proxy-target-class=false")
            .run((context) -> assertThat(context.getBean(WholeInterface.class).threadName().result())
                .isEqualTo("reports_0"));
    }

    @Test
    void onAMethodItNeedNotBePublic() {
        this.runner.withBean(NotPublic.class).run((context) -> {
            NotPublic bean = context.getBean(NotPublic.class);
            assertThat(bean.ofPackage().result()).isEqualTo("reports_0");
            assertThat(bean.ofSubclasses().result()).isEqualTo("reports_0");
        });
    }

    @Test
    void aFinalClassIsFoundAtStartUp() {
        this.runner.withBean(FinalClass.class)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSubmitAsyncException.class)
                .hasMessageContaining("FinalClass")
                .hasMessageContaining("is final, so its calls cannot be intercepted")
                .satisfies((ex) -> assertThat(((InvalidSubmitAsyncException) ex).action())
                    .startsWith("Do not make it final.")
                    .endsWith("kotlin-spring. If callers know only its interfaces, "
                            + "spring.aop.proxy-target-class=false will do as well.")));
    }

    @Test
    void aRecordIsNotToldNotToBeFinal() {
        this.runner.withBean(OfRecord.class)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSubmitAsyncException.class)
                .hasMessage("record SubmitAsyncPlacementTests.OfRecord has a @SubmitAsync method, but its calls "
                        + "cannot be intercepted, since a record has no subclasses")
                .satisfies((ex) -> assertThat(((InvalidSubmitAsyncException) ex).action())
                    .isEqualTo("Make it a class, or move the method to a bean that is one.")));
    }

    record OfRecord() {

        @SubmitAsync("reports")
        public void call() {
        }

    }

    @Test
    void aFinalClassMayBeProxiedByItsInterface() {
        this.runner.withBean(FinalClass.class)
            .withPropertyValues("spring.aop.proxy-target-class=false")
            .run((context) -> assertThat(context.getBean(Named.class).threadName().result()).isEqualTo("reports_0"));
    }

    @Test
    void aNameThatCannotBeComputedIsNoReasonToFail() {
        this.runner.withBean(TroublesomeName.class)
            .run((context) -> assertThat(context.getBean(TroublesomeName.class).print(new Untitled()).result())
                .isEqualTo("printed"));
    }

    interface Named {

        @SubmitAsync("reports")
        Future<String> threadName();

    }

    static class Implementation implements Named {

        @Override
        public Future<String> threadName() {
            return Futures.completed(Thread.currentThread().getName());
        }

    }

    static final class FinalClass implements Named {

        @Override
        public Future<String> threadName() {
            return Futures.completed(Thread.currentThread().getName());
        }

    }

    interface Job<T> {

        @SubmitAsync("reports")
        Future<T> run(T argument);

    }

    static class TextJob implements Job<String> {

        @Override
        public Future<String> run(String argument) {
            return Futures.completed(argument + " in " + Thread.currentThread().getName());
        }

    }

    @SubmitAsync("reports")
    interface WholeInterface {

        Future<String> threadName();

    }

    static class OfWholeInterface implements WholeInterface {

        @Override
        public Future<String> threadName() {
            return Futures.completed(Thread.currentThread().getName());
        }

    }

    static class NotPublic {

        @SubmitAsync("reports")
        Future<String> ofPackage() {
            return Futures.completed(Thread.currentThread().getName());
        }

        @SubmitAsync("reports")
        protected Future<String> ofSubclasses() {
            return Futures.completed(Thread.currentThread().getName());
        }

    }

    @Retention(RetentionPolicy.RUNTIME)
    @SubmitAsync("reports")
    @interface Reporting {

    }

    @Retention(RetentionPolicy.RUNTIME)
    @SubmitAsync
    @interface InPool {

        @AliasFor(annotation = SubmitAsync.class, attribute = "executor")
        String pool();

    }

    static class Composed {

        @Reporting
        public Future<String> fixed() {
            return Futures.completed(Thread.currentThread().getName());
        }

        @InPool(pool = "reports")
        public Future<String> aliased() {
            return Futures.completed(Thread.currentThread().getName());
        }

    }

    @SubmitAsync("reports")
    static class WithHelpers {

        public Future<String> inWorker() {
            return privateHelper();
        }

        Future<String> helper() {
            return privateHelper();
        }

        private Future<String> privateHelper() {
            return factory();
        }

        public static Future<String> factory() {
            return Futures.completed(Thread.currentThread().getName());
        }

    }

    static class Untitled {

        public String title() {
            throw new IllegalStateException("it has none");
        }

    }

    static class TroublesomeName {

        @SubmitAsync(executor = "reports", name = "print #{#document.title()}")
        public Future<String> print(Untitled document) {
            return Futures.completed("printed");
        }

    }

}
