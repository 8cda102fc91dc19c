// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.pool.PoolExecutor;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import dev.futures.support.Work;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the end of a JVM and its pools have to do with one another.
 */
@ExtendWith(LeakCheck.class)
class JvmExitTests {

    private static JavaProgram start(String kind, String end) throws Exception {
        return JavaProgram.start(Program.class, List.of(), Map.of(), kind, end);
    }

    @ParameterizedTest
    @ValueSource(strings = { "thread", "process" })
    void aPoolThatIsShutDownDoesItsTasksBeforeTheJvmEnds(String kind) throws Exception {
        try (JavaProgram program = start(kind, "shutdown")) {
            assertThat(program.await("result")).isEqualTo("1 2 3 4");
            assertThat(program.awaitExit()).isZero();
            assertThat(program.output()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "thread", "process" })
    void aJvmWhosePoolCancelledItsTasksEnds(String kind) throws Exception {
        try (JavaProgram program = start(kind, "cancel")) {
            assertThat(program.awaitExit()).isZero();
            assertThat(program.output()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "thread", "process" })
    void exitDoesNotWaitForTasks(String kind) throws Exception {
        try (JavaProgram program = start(kind, "exit")) {
            assertThat(program.awaitExit()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "thread", "process" })
    void aShutdownHookMaySubmit(String kind) throws Exception {
        try (JavaProgram program = start(kind, "hook")) {
            assertThat(program.await("result")).isEqualTo("late");
            assertThat(program.awaitExit()).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "thread", "process" })
    void aForgottenPoolWithAnIdleTimeLetsTheJvmEnd(String kind) throws Exception {
        try (JavaProgram program = start(kind, "forget")) {
            assertThat(program.await("result")).isEqualTo("1");
            assertThat(program.awaitExit()).isZero();
        }
    }

    /** Leaves its pool in one of several ways. */
    static final class Program {

        private Program() {
        }

        public static void main(String[] args) throws Exception {
            PoolExecutor pool = args[0].equals("thread")
                    ? ThreadPoolExecutor.builder().maxWorkers(1).keepAlive(keepAlive(args[1])).build()
                    : ProcessPoolExecutor.builder()
                        .maxWorkers(1)
                        .maxHeap(48 * 1024 * 1024)
                        .keepAlive(keepAlive(args[1]))
                        .build();
            switch (args[1]) {
                case "shutdown" -> shutdown(pool);
                case "cancel" -> cancel(pool);
                case "exit" -> exit(pool);
                case "hook" -> exitAndSubmit(pool);
                default -> System.out.println("result: " + pool.submit(() -> 1).result());
            }
        }

        private static Duration keepAlive(String end) {
            return end.equals("forget") ? Duration.ofMillis(1) : null;
        }

        private static void shutdown(PoolExecutor pool) {
            Thread main = Thread.currentThread();
            Task<Integer> afterMain = () -> {
                main.join();
                return 1;
            };
            // to a process the thread would not travel, but its JVM takes longer to start
            Future<Integer> first = pool.submit((pool instanceof ThreadPoolExecutor) ? afterMain : () -> 1);
            List<Future<Integer>> futures = List.of(first, pool.submit(() -> 2), pool.submit(() -> 3),
                    pool.submit(() -> 4));
            StringBuffer results = new StringBuffer("result:");
            futures.forEach((future) -> future.addDoneCallback((done) -> {
                results.append(" ").append(done.toCompletableFuture().join());
                if (done == futures.get(3)) {
                    System.out.println(results);
                }
            }));
            pool.shutdown(false, false);
        }

        private static void cancel(PoolExecutor pool) throws InterruptedException {
            CountDownLatch running = new CountDownLatch(1);
            Future<Integer> first = pool.submit(() -> 1);
            first.addDoneCallback((done) -> running.countDown());
            for (int i = 0; i < 10; i++) {
                pool.submit(() -> 1);
            }
            running.await(30, TimeUnit.SECONDS);
            pool.shutdown(false, true);
        }

        private static void exit(PoolExecutor pool) {
            pool.submit(Work::blockForEver);
            pool.submit(() -> 1);
            System.exit(5);
        }

        private static void exitAndSubmit(PoolExecutor pool) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    System.out.println("result: " + pool.submit(() -> "late").result());
                }
                catch (Exception ex) {
                    System.out.println("result: " + ex);
                }
            }));
            System.exit(6);
        }

    }

}
