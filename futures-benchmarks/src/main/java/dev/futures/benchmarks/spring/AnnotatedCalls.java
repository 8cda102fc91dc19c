// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.spring;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.futures.benchmarks.spring.AnnotatedApplications.Calls;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.MDC;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.LocaleContextThreadLocalAccessor;

/**
 * Calls of a method that returns a finished future and runs in a pool because of its
 * annotation: all are made, then all are awaited. The score is the time for each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 2, time = 1)
@Fork(value = 1, jvmArgsAppend = { "-Xms1g", "-Xmx1g" })
public class AnnotatedCalls {

    private static final int CALLS = 1000;

    /**
     * {@code @SubmitAsync}; {@code @Async} with the same pool; {@code @Async} with
     * Spring's own pool.
     */
    @Param({ "futures", "async", "asyncSpring" })
    public String contestant = "futures";

    /**
     * Whether logging context and locale of the caller go with it: with
     * {@code @SubmitAsync} because of the property, with {@code @Async} because of
     * Spring's task decorator.
     */
    @Param({ "false", "true" })
    public boolean propagate;

    private ConfigurableApplicationContext context;

    private Calls calls;

    private final CompletableFuture<?>[] futures = new CompletableFuture<?>[CALLS];

    /**
     * Starts the application.
     */
    @Setup(Level.Trial)
    public void start() {
        ContextRegistry.getInstance().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
        ContextRegistry.getInstance().registerThreadLocalAccessor(new LocaleContextThreadLocalAccessor());
        this.context = AnnotatedApplications.start(this.contestant, this.propagate);
        this.calls = this.context.getBean(Calls.class);
    }

    /**
     * Gives the thread that is about to call something that can go with it.
     */
    @Setup(Level.Iteration)
    public void fillContext() {
        MDC.put("user", "ada");
        LocaleContextHolder.setLocale(Locale.UK);
    }

    /**
     * Takes it away again.
     */
    @TearDown(Level.Iteration)
    public void clearContext() {
        MDC.clear();
        LocaleContextHolder.resetLocaleContext();
    }

    /**
     * Ends the application.
     */
    @TearDown(Level.Trial)
    public void stop() {
        this.context.close();
        ContextRegistry.getInstance().removeThreadLocalAccessor(Slf4jThreadLocalAccessor.KEY);
        ContextRegistry.getInstance().removeThreadLocalAccessor(LocaleContextThreadLocalAccessor.KEY);
    }

    /**
     * Calls the method and awaits all results.
     * @return the last result
     * @throws Exception never
     */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public @Nullable Object calls() throws Exception {
        for (int i = 0; i < CALLS; i++) {
            this.futures[i] = this.calls.call();
        }
        Object last = null;
        for (CompletableFuture<?> future : this.futures) {
            last = future.get();
        }
        return last;
    }

}
