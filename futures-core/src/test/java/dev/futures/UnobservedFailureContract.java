// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.List;

import dev.futures.pool.PoolExecutor;
import dev.futures.support.Await;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What is logged about failures that nobody looked at.
 */
interface UnobservedFailureContract extends PoolFixture {

    private PoolExecutor watchful() {
        return pool((builder) -> builder.name("watched").maxWorkers(1).logUnobservedFailures(true));
    }

    private static Future<?> failing(PoolExecutor pool, String name) {
        return pool.submit(() -> {
            throw new IllegalStateException("failure of " + name);
        }, TaskOptions.named(name));
    }

    /** The future is garbage when this returns. */
    private static void failAndForget(PoolExecutor pool, String name) throws Exception {
        Future<?> future = failing(pool, name);
        assertThat(Futures.wait(List.of(future), Await.PATIENCE, ReturnWhen.FIRST_EXCEPTION).done()).hasSize(1);
    }

    private static void collectUntilLogged(LogCapture log, String message) throws InterruptedException {
        Await.until("logged: " + message, () -> {
            System.gc();
            return log.messages().stream().anyMatch(message::equals);
        });
    }

    private static String message(String task) {
        return "task '" + task + "' of pool 'watched' failed and nobody looked at its future";
    }

    @Test
    default void aFailureThatNobodyLookedAtIsLoggedOnce() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); PoolExecutor pool = watchful()) {
            failAndForget(pool, "first");
            collectUntilLogged(log, message("first"));
            failAndForget(pool, "second");
            collectUntilLogged(log, message("second"));
            assertThat(log.messages()).containsExactly(message("first"), message("second"));
            assertThat(log.thrown().get(0)).hasMessage("failure of first");
        }
    }

    @Test
    default void whoeverLooksInAnyWayKeepsItOutOfTheLog() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); PoolExecutor pool = watchful()) {
            catchThrowable(() -> failing(pool, "result").result());
            failing(pool, "exception").exception();
            catchThrowable(() -> failing(pool, "get").get());
            catchThrowable(() -> failing(pool, "join").toCompletableFuture().join());
            Future<?> now = failing(pool, "now");
            catchThrowable(() -> now.toCompletableFuture().getNow(null));
            failing(pool, "callback").addDoneCallback((done) -> {
            });
            failing(pool, "stage").handle((result, thrown) -> 1);
            Future<?> late = failing(pool, "late");
            Await.until("it is done", late::done);
            late.exception(Duration.ZERO);
            pool.submit(() -> 1).result(Await.PATIENCE);
            pool.submit(() -> {
            });
            // what is logged is logged in the order in which the collector finds it, so
            // the others come at the latest with this one or the next
            failAndForget(pool, "nobody");
            collectUntilLogged(log, message("nobody"));
            failAndForget(pool, "nobody else");
            collectUntilLogged(log, message("nobody else"));
            assertThat(log.messages()).contains(message("nobody"), message("nobody else"))
                .noneMatch((each) -> List.of("result", "exception", "get", "join", "now", "callback", "stage", "late")
                    .stream()
                    .anyMatch((task) -> each.equals(message(task))));
        }
    }

    @Test
    default void failuresOfTasksOfAServiceAreLoggedUnlessSomebodyLooks() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); PoolExecutor pool = watchful()) {
            catchThrowable(() -> failingInService(pool, "get").get());
            Future<?> late = failingInService(pool, "late");
            Await.until("it is done", late::done);
            late.exception(Duration.ZERO);
            failingInService(pool, "callback").addDoneCallback((done) -> {
            });
            failInServiceAndForget(pool);
            Await.until("logged", () -> {
                System.gc();
                return !log.messages().isEmpty();
            });
            failAndForget(pool, "last");
            collectUntilLogged(log, message("last"));
            assertThat(log.thrown()).extracting(Throwable::getMessage)
                .containsExactly("nobody looks", "failure of last");
        }
    }

    private static Future<?> failingInService(PoolExecutor pool, String message) {
        Task<Integer> task = () -> {
            throw new IllegalStateException(message);
        };
        return (Future<?>) pool.asExecutorService().submit(task);
    }

    private static void failInServiceAndForget(PoolExecutor pool) throws Exception {
        Future<?> future = failingInService(pool, "nobody looks");
        assertThat(Futures.wait(List.of(future), Await.PATIENCE, ReturnWhen.FIRST_EXCEPTION).done()).hasSize(1);
    }

}
