// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks;

import java.util.concurrent.TimeUnit;

import dev.futures.Future;
import dev.futures.thread.ThreadPoolExecutor;
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

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * What it costs that an application looks at its pools: a task that does nothing, from
 * its submission to its result, in a flood.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(5)
public class ObservedTasks {

    private static final int TASKS = 1000;

    /**
     * A pool without Spring; one in an application that shows nothing of it, without the
     * context of the submitter and with it; then, in addition, what Spring Boot measures
     * by default; then metrics, observations and every operation of the endpoint.
     */
    @Param({ "alone", "unexposed", "context", "metrics", "everything" })
    public String watched = "alone";

    private ConfigurableApplicationContext context;

    private ThreadPoolExecutor pool;

    private final Future<?>[] futures = new Future<?>[TASKS];

    /**
     * Starts the application.
     */
    @Setup(Level.Trial)
    public void start() {
        if (this.watched.equals("alone")) {
            this.pool = ThreadPoolExecutor.builder().name("measured").maxWorkers(2).queueCapacity(100_000).build();
            return;
        }
        boolean context = !this.watched.equals("unexposed");
        boolean metrics = context && !this.watched.equals("context");
        boolean everything = this.watched.equals("everything");
        this.context = SpringApplication.run(Application.class, "--spring.main.banner-mode=off",
                "--spring.main.web-application-type=none", "--logging.level.root=warn",
                "--management.endpoints.access.default=" + (everything ? "unrestricted" : "none"),
                "--management.endpoints.jmx.exposure.include=" + (everything ? "*" : "health"),
                "--spring.jmx.enabled=true", "--futures.observations.enabled=" + everything,
                "--futures.context.propagate=" + context,
                "--spring.autoconfigure.exclude=" + (metrics ? ""
                        : "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration,"
                                + "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple."
                                + "SimpleMetricsExportAutoConfiguration"),
                "--futures.thread-pools.measured.max-workers=2",
                "--futures.thread-pools.measured.queue-capacity=100000");
        this.pool = this.context.getBean("measured", ThreadPoolExecutor.class);
    }

    /**
     * Ends the application.
     */
    @TearDown(Level.Trial)
    public void stop() {
        if (this.context != null) {
            this.context.close();
        }
        this.pool.close();
    }

    /**
     * Submits tasks and awaits them all.
     * @return the last result
     * @throws Exception never
     */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public Object flood() throws Exception {
        for (int i = 0; i < TASKS; i++) {
            this.futures[i] = this.pool.submit(() -> null);
        }
        Object last = null;
        for (Future<?> future : this.futures) {
            last = future.result();
        }
        return last;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

    }

}
