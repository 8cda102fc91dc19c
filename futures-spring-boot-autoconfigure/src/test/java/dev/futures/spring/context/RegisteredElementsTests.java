// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.util.Locale;
import java.util.Set;

import dev.futures.spring.support.RecordedLog;
import dev.futures.thread.ThreadPoolExecutor;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

import org.springframework.context.i18n.LocaleContextThreadLocalAccessor;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestAttributesThreadLocalAccessor;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the accessors of Micrometer's registry, be they as they may.
 */
class RegisteredElementsTests {

    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

    @AfterEach
    void clear() {
        Contexts.clear();
        TENANT.remove();
    }

    private static void withAccessor(ThreadLocalAccessor<?> accessor, ThreadContextTests.PoolTest test,
            String... properties) {
        ContextRegistry.getInstance().registerThreadLocalAccessor(accessor);
        try {
            Contexts.runner()
                .withPropertyValues("futures.thread-pools.threads.max-workers=1")
                .withPropertyValues(properties)
                .run((context) -> test.accept(context.getBean("threads", ThreadPoolExecutor.class)));
        }
        finally {
            ContextRegistry.getInstance().removeThreadLocalAccessor(accessor.key().toString());
        }
    }

    @Test
    void theKeysAreThoseOfMicrometerAndSpring() {
        assertThat(MdcElement.KEY).isEqualTo(Slf4jThreadLocalAccessor.KEY);
        assertThat(LocaleElement.KEY).isEqualTo(LocaleContextThreadLocalAccessor.KEY);
        assertThat(RegisteredElements.REQUEST_KEY).isEqualTo(RequestAttributesThreadLocalAccessor.KEY);
    }

    @Test
    void theRegistryIsLeftAlone() {
        Set<ThreadLocalAccessor<?>> before = Set.copyOf(ContextRegistry.getInstance().getThreadLocalAccessors());
        Contexts.runner()
            .withPropertyValues("futures.context.request-attributes=true")
            .run((context) -> context.getBean(ThreadPoolExecutor.class).submit(() -> 1).result(Contexts.PATIENCE));
        assertThat(ContextRegistry.getInstance().getThreadLocalAccessors()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void whatTheApplicationHasRegisteredIsPropagated() {
        withAccessor(new TenantAccessor(Fault.NONE), (pool) -> {
            TENANT.set("acme");
            assertThat(pool.submit(TENANT::get).result(Contexts.PATIENCE)).isEqualTo("acme");
            TENANT.remove();
            assertThat(pool.submit(TENANT::get).result(Contexts.PATIENCE)).isNull();
        });
    }

    @Test
    void theAccessorOfTheApplicationIsUsedInsteadOfOurs() {
        withAccessor(new Slf4jThreadLocalAccessor("user"), (pool) -> {
            MDC.put("user", "ada");
            MDC.put("other", "not for tasks");
            assertThat(pool.submit(MDC::getCopyOfContextMap).result(Contexts.PATIENCE)).hasSize(1)
                .containsEntry("user", "ada");
        });
    }

    @Test
    void whatIsSwitchedOffIsNotPropagatedEvenIfItIsRegistered() {
        withAccessor(new Slf4jThreadLocalAccessor(), (pool) -> {
            MDC.put("user", "ada");
            assertThat(pool.submit(() -> MDC.get("user")).result(Contexts.PATIENCE)).isNull();
        }, "futures.context.mdc=false");
        withAccessor(new RequestAttributesThreadLocalAccessor(), (pool) -> {
            MockHttpServletRequest request = new MockHttpServletRequest();
            request.setAttribute("tenant", "acme");
            RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
            assertThat(pool.submit(ThreadContextTests::tenant).result(Contexts.PATIENCE)).isNull();
        });
    }

    @ParameterizedTest
    @EnumSource
    void anAccessorThatThrowsHarmsNeitherTheTaskNorTheNextOne(Fault fault) {
        withAccessor(new TenantAccessor(fault), (pool) -> {
            TENANT.set("acme");
            Contexts.become("ada", Locale.FRENCH);
            Contexts.Seen ada = Contexts.see();
            assertThat(pool.submit(Contexts::seeAndLitter).result(Contexts.PATIENCE)).isEqualTo(ada);
            Contexts.clear();
            TENANT.remove();
            assertThat(pool.submit(Contexts::see).result(Contexts.PATIENCE)).isEqualTo(Contexts.Seen.NOTHING);
            assertThat(pool.submit(TENANT::get).result(Contexts.PATIENCE)).isNull();
        });
    }

    @Test
    void whatIsLeftOutIsSaidOnce() {
        try (RecordedLog log = new RecordedLog()) {
            withAccessor(new TenantAccessor(Fault.SET, "said once"), (pool) -> {
                TENANT.set("acme");
                assertThat(pool.submit(TENANT::get).result(Contexts.PATIENCE)).isNull();
                assertThat(pool.submit(TENANT::get).result(Contexts.PATIENCE)).isNull();
            });
            assertThat(log.messages())
                .containsOnlyOnce("could not restore the context 'said once' of a task, which goes on without that; "
                        + "this is said once");
        }
    }

    @Test
    void anAccessorThatThrowsDoesNotCostACallerThatRunsTheTaskItsOwnValue() {
        withAccessor(new TenantAccessor(Fault.SET, "kept"), (pool) -> {
            TENANT.set("acme");
            assertThat(pool.submit(TENANT::get).result(Contexts.PATIENCE)).isNull();
            assertThat(TENANT.get()).isEqualTo("acme");
        }, "futures.inline=true");
    }

    enum Fault {

        NONE, GET, SET, RESTORE

    }

    record TenantAccessor(Fault fault, String key) implements ThreadLocalAccessor<String> {

        TenantAccessor(Fault fault) {
            this(fault, "tenant");
        }

        private void failIf(Fault expected) {
            if (this.fault == expected) {
                throw new IllegalStateException("broken " + expected);
            }
        }

        @Override
        public String getValue() {
            failIf(Fault.GET);
            return TENANT.get();
        }

        @Override
        public void setValue(String value) {
            failIf(Fault.SET);
            TENANT.set(value);
        }

        @Override
        public void setValue() {
            TENANT.remove();
        }

        @Override
        public void restore(String previous) {
            failIf(Fault.RESTORE);
            TENANT.set(previous);
        }

        @Override
        public void restore() {
            failIf(Fault.RESTORE);
            TENANT.remove();
        }

    }

}
