// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.util.List;

import dev.futures.benchmarks.spring.AnnotatedCalls;

/**
 * What is promised of the Spring integration.
 */
final class SpringRows {

    private static final Contestant ASYNC = Contestant.of("async", "`@Async`, same pool");

    private static final Contestant ASYNC_SPRING = Contestant.of("asyncSpring", "`@Async`, `ThreadPoolTaskExecutor`");

    private SpringRows() {
    }

    static List<Row> all() {
        return List.of(Row.of("submit-async", "`@SubmitAsync` call, context propagation off / on",
                "no slower than `@Async` with the same executor / with a task decorator",
                "1,000 calls are made and then awaited. The method returns a finished `CompletableFuture`. The context is a "
                        + "locale and a logging context with one entry; the decorator is `ContextPropagatingTaskDecorator`.",
                calls("context off", "false"), calls("context on", "true")));
    }

    private static Measure calls(String name, String propagate) {
        return Measure.of(name, AnnotatedCalls.class, "calls", "ns a call")
            .with("propagate", propagate)
            .against(ASYNC, ASYNC_SPRING)
            .promising(Bound.atMost(1, ASYNC.id()));
    }

}
