// SPDX-License-Identifier: Apache-2.0

package dev.futures.thread;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.BrokenExecutorException;
import dev.futures.ExecutorShutdownException;
import dev.futures.Future;
import dev.futures.Task;
import dev.futures.TaskAction;
import dev.futures.WorkerStatistics;
import dev.futures.support.Await;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(LeakCheck.class)
class ThreadPoolExecutorTests {

    @Test
    void actionsAndMappedFunctionsAreNamedAfterTheirCode() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            Future<?> action = pool.submit(() -> {
                started.countDown();
                release.await(20, TimeUnit.SECONDS);
            });
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(pool.statistics().workers()).extracting(WorkerStatistics::task)
                .containsExactly("lambda in ThreadPoolExecutorTests");
            release.countDown();
            assertThat(action.exception()).isNull();
            try (var results = pool.map((Integer input) -> pool.statistics().workers().get(0).task(), List.of(1))) {
                assertThat(results.next()).isEqualTo("lambda in ThreadPoolExecutorTests");
            }
        }
    }

    @Test
    void theDefaultSizeIsThatOfPython() {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor()) {
            assertThat(pool.statistics().maxWorkers())
                .isEqualTo(Math.min(32, Runtime.getRuntime().availableProcessors() + 4));
            assertThat(pool.name()).matches("ThreadPoolExecutor-\\d+");
            assertThat(pool.statistics().kind()).isEqualTo("thread");
        }
    }

    @Test
    void poolsWithoutANameAreNumbered() {
        try (ThreadPoolExecutor first = new ThreadPoolExecutor(1);
                ThreadPoolExecutor named = ThreadPoolExecutor.builder().name("named").build();
                ThreadPoolExecutor second = new ThreadPoolExecutor(1)) {
            assertThat(number(second)).isEqualTo(number(first) + 1);
            assertThat(named.name()).isEqualTo("named");
        }
    }

    private static int number(ThreadPoolExecutor pool) {
        return Integer.parseInt(pool.name().substring("ThreadPoolExecutor-".length()));
    }

    @Test
    void threadsAreNamedAfterThePoolAndKeepTheJvmAlive() throws Exception {
        Set<String> names = new HashSet<>();
        CountDownLatch all = new CountDownLatch(3);
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().name("special").maxWorkers(3).build()) {
            List<Future<Thread>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                futures.add(pool.submit(() -> {
                    all.countDown();
                    all.await();
                    return Thread.currentThread();
                }));
            }
            for (Future<Thread> future : futures) {
                Thread thread = future.result(Await.PATIENCE);
                names.add(thread.getName());
                assertThat(thread.isDaemon()).isFalse();
            }
        }
        assertThat(names).containsExactlyInAnyOrder("special_0", "special_1", "special_2");
    }

    @Test
    void theVeryExceptionComesOut() throws Exception {
        IOException exception = new IOException("disk");
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            Future<?> future = pool.submit(() -> {
                throw exception;
            });
            assertThatThrownBy(() -> future.result(Await.PATIENCE)).isSameAs(exception);
            assertThat(exception).hasNoSuppressedExceptions();
        }
    }

    @Test
    void whatTheSubmitterDidIsSeenByTheTaskAndBack() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(2)) {
            for (int i = 0; i < 2_000; i++) {
                int[] plain = { i };
                Future<Integer> future = pool.submit(() -> plain[0]++);
                assertThat(future.result(Await.PATIENCE)).isEqualTo(i);
                assertThat(plain[0]).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void tasksSeeTheContextClassLoaderOfThePoolsMaker() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader special = new URLClassLoader(new URL[0], before)) {
            Thread.currentThread().setContextClassLoader(special);
            ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
            Thread.currentThread().setContextClassLoader(before);
            ClassLoader seen = pool.submit(() -> Thread.currentThread().getContextClassLoader()).result(Await.PATIENCE);
            pool.close();
            assertThat(seen).isSameAs(special);
        }
        finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void aTaskThatIgnoresItsInterruptKeepsItsWorkerBusyThoughItsFutureIsCancelled() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean goOn = new AtomicBoolean();
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            Future<?> stubborn = pool.submit((TaskAction) () -> {
                started.countDown();
                while (!goOn.get()) {
                    Thread.onSpinWait();
                }
            });
            assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(stubborn.cancel(true)).isTrue();
            Future<Boolean> next = pool.submit(() -> Thread.currentThread().isInterrupted());
            assertThat(pool.statistics().busyWorkers()).isEqualTo(1);
            assertThat(next.done()).isFalse();
            goOn.set(true);
            assertThat(next.result(Await.PATIENCE)).as("the interrupt was for another task").isFalse();
        }
    }

    @Test
    void aRunningTaskFinishesWhenAnotherWorkersInitializerBreaksThePool() throws Exception {
        AtomicInteger workers = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TaskAction initializer = () -> {
            if (workers.incrementAndGet() == 2) {
                throw new IOException("only one licence");
            }
        };
        try (LogCapture log = new LogCapture("dev.futures");
                ThreadPoolExecutor pool = ThreadPoolExecutor.builder().maxWorkers(2).initializer(initializer).build()) {
            Future<Integer> first = pool.submit(() -> {
                running.countDown();
                goOn.await();
                return 1;
            });
            assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
            Future<Integer> second = pool.submit(() -> 2);
            assertThat(second.exception(Await.PATIENCE)).isInstanceOf(BrokenThreadPoolException.class)
                .isInstanceOf(BrokenExecutorException.class)
                .hasCauseInstanceOf(IOException.class);
            goOn.countDown();
            assertThat(first.result(Await.PATIENCE)).isEqualTo(1);
            assertThat(log.messages()).anyMatch((message) -> message.startsWith("exception in initializer of"));
        }
    }

    @Test
    void aTaskCannotWaitForTheEndOfItsOwnPool() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
        Future<?> future = pool.submit((TaskAction) pool::close);
        assertThat(future.exception(Await.PATIENCE)).isInstanceOf(IllegalStateException.class);
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
    }

    @Test
    void aTaskCannotCloseItsOwnPoolWithPatienceEither() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
        Future<?> future = pool.submit(() -> pool.close(Await.PATIENCE));
        assertThat(future.exception(Await.PATIENCE)).isInstanceOf(IllegalStateException.class);
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
    }

    @Test
    void aTaskThatWaitsForTheShutdownOfItsOwnPoolIsToldSo() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
        Future<?> future = pool.submit((TaskAction) pool::shutdown);
        assertThat(future.exception(Await.PATIENCE)).isInstanceOf(IllegalStateException.class);
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
    }

    @Test
    void aTaskMayAwaitTheEndOfItsOwnPoolForAWhile() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
        Future<Boolean> future = pool.submit(() -> {
            pool.shutdown(false, false);
            return pool.awaitTermination(Duration.ofMillis(1));
        });
        assertThat(future.result(Await.PATIENCE)).isFalse();
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
    }

    @Test
    void aLateCallbackCannotWaitForTheEndOfItsOwnPoolEither() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
            Future<Integer> future = pool.submit(() -> 1);
            pool.shutdown(false, false);
            for (int spins = (i % 3 == 0) ? i % 500 : 0; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            Thread test = Thread.currentThread();
            future.addDoneCallback((done) -> {
                if (Thread.currentThread() != test) {
                    assertThatIllegalStateException().isThrownBy(pool::close);
                }
            });
            assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
        }
    }

    @Test
    void neitherTasksNorResultsAreHeldAfterTheirEnd() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            WeakReference<Object> captured = submitWithObject(pool);
            WeakReference<Object> result = new WeakReference<>(pool.submit(Object::new).result(Await.PATIENCE));
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            Await.until("both are collected", () -> {
                System.gc();
                return captured.get() == null && result.get() == null;
            });
        }
    }

    private static WeakReference<Object> submitWithObject(ThreadPoolExecutor pool) throws Exception {
        Object object = new Object();
        Task<Integer> task = object::hashCode;
        assertThat(pool.submit(task).result(Await.PATIENCE)).isEqualTo(object.hashCode());
        return new WeakReference<>(object);
    }

    @Test
    void aDoneFutureThatIsKeptDoesNotKeepItsTask() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1)) {
            Object[] object = { new Object() };
            WeakReference<Object> captured = new WeakReference<>(object[0]);
            Future<Integer> kept = submit(pool, object[0]);
            object[0] = null;
            assertThat(kept.result(Await.PATIENCE)).isEqualTo(1);
            Await.until("it is collected", () -> {
                System.gc();
                return captured.get() == null;
            });
            assertThat(kept.done()).isTrue();
        }
    }

    private static Future<Integer> submit(ThreadPoolExecutor pool, Object captured) {
        return pool.submit(() -> (captured != null) ? 1 : 0);
    }

    @Test
    void aJvmDoesNotEndBeforeItsTasks() throws Exception {
        try (JavaProgram program = JavaProgram.start(Program.class, List.of(), Map.of())) {
            assertThat(program.await("result")).isEqualTo("apple");
            assertThat(program.awaitExit()).isZero();
        }
    }

    /** Shuts down without waiting and returns from main. */
    static final class Program {

        private Program() {
        }

        public static void main(String[] args) {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
            Thread main = Thread.currentThread();
            pool.submit((TaskAction) () -> {
                main.join();
                System.out.println("result: apple");
            });
            pool.shutdown(false, false);
        }

    }

    @Test
    void aHundredThousandTasksAreDone() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(2)) {
            for (int i = 0; i < 100_000; i++) {
                pool.submit((TaskAction) count::incrementAndGet);
            }
        }
        assertThat(count).hasValue(100_000);
    }

    @Test
    void aTaskCannotSubmitToItsPoolAfterShutdown() throws Exception {
        CountDownLatch isShutDown = new CountDownLatch(1);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1);
        Future<Future<Integer>> outer = pool.submit(() -> {
            isShutDown.await();
            return pool.submit(() -> 1);
        });
        pool.shutdown(false, false);
        isShutDown.countDown();
        assertThat(outer.exception(Await.PATIENCE)).isInstanceOf(ExecutorShutdownException.class);
        pool.close();
    }

}
