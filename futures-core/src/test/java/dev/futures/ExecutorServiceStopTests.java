// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.pool.QueueFullPolicy;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.thread.DirectExecutor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Stopping a service while tasks are on their way into it.
 */
@ExtendWith(LeakCheck.class)
class ExecutorServiceStopTests {

    private static final int ROUNDS = 3000;

    private static final int COMMANDS = 8;

    /** Counts what becomes of it. */
    private static final class Command implements Runnable {

        private final AtomicInteger ran = new AtomicInteger();

        private final AtomicInteger rejected = new AtomicInteger();

        private final AtomicInteger returned = new AtomicInteger();

        @Override
        public void run() {
            this.ran.incrementAndGet();
        }

        int sum() {
            return this.ran.get() + this.rejected.get() + this.returned.get();
        }

        @Override
        public String toString() {
            return "ran " + this.ran + ", rejected " + this.rejected + ", returned " + this.returned;
        }

    }

    private static ThreadPoolExecutor onePool(QueueFullPolicy policy, int capacity) {
        return ThreadPoolExecutor.builder().maxWorkers(1).queueCapacity(capacity).queueFullPolicy(policy).build();
    }

    /** An executor that is told to do something when a task was submitted to another. */
    private static Executor afterSubmitting(Executor executor, Runnable action) {
        return (Executor) Proxy.newProxyInstance(Executor.class.getClassLoader(), new Class<?>[] { Executor.class },
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(executor, arguments);
                        if (method.getName().equals("submit")) {
                            action.run();
                        }
                        return result;
                    }
                    catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }

    @Test
    void everyCommandIsRunOrRejectedOrReturned() throws Exception {
        for (QueueFullPolicy policy : QueueFullPolicy.values()) {
            for (int round = 0; round < ROUNDS / 3; round++) {
                stopWhileExecuting(onePool(policy, 3));
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            stopWhileExecuting(ThreadPoolExecutor.builder().maxWorkers(1).build());
        }
    }

    private static void stopWhileExecuting(Executor executor) throws Exception {
        ExecutorService service = executor.asExecutorService();
        CyclicBarrier together = new CyclicBarrier(3);
        List<CompletableFuture<List<Runnable>>> stopped = List.of(stop(service, together), stop(service, together));
        List<Command> commands = new ArrayList<>();
        together.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        for (int i = 0; i < COMMANDS; i++) {
            Command command = new Command();
            commands.add(command);
            try {
                service.execute(command);
            }
            catch (RejectedExecutionException ex) {
                command.rejected.incrementAndGet();
            }
        }
        for (CompletableFuture<List<Runnable>> each : stopped) {
            ExecutorServiceContract.get(each).forEach((command) -> ((Command) command).returned.incrementAndGet());
        }
        assertThat(service.awaitTermination(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(commands).allMatch((command) -> command.sum() == 1);
    }

    private static CompletableFuture<List<Runnable>> stop(ExecutorService service, CyclicBarrier together) {
        CompletableFuture<List<Runnable>> stopped = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                together.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                stopped.complete(service.shutdownNow());
            }
            catch (Throwable ex) {
                stopped.completeExceptionally(ex);
            }
        });
        thread.start();
        return stopped;
    }

    @Test
    void whatIsStoppedBeforeItCouldBeReturnedIsRejectedAndCanBeRunElsewhere() throws Exception {
        ThreadPoolExecutor pool = ThreadPoolExecutor.builder().maxWorkers(1).build();
        // a paused pool would run the task as soon as it is shut down
        CountDownLatch entered = new CountDownLatch(1);
        pool.submit(() -> {
            entered.countDown();
            new CountDownLatch(1).await();
        });
        assertThat(entered.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        List<ExecutorService> service = new ArrayList<>();
        List<Runnable> returned = new ArrayList<>();
        service
            .add(new ExecutorServiceView(afterSubmitting(pool, () -> returned.addAll(service.get(0).shutdownNow()))));
        ServiceTask<Integer> task = new ServiceTask<>(() -> 7);
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> service.get(0).execute(task))
            .withMessageContaining("was shut down while the task was submitted");
        assertThat(returned).isEmpty();
        assertThat(task.done()).isFalse();
        task.run();
        assertThat(task.result(Await.PATIENCE)).isEqualTo(7);
        assertThat(service.get(0).shutdownNow()).isEmpty();
        assertThat(pool.close(Await.PATIENCE)).isTrue();
    }

    @Test
    void whatHasRunWhenItIsStoppedIsNotRejected() throws Exception {
        DirectExecutor direct = new DirectExecutor();
        ExecutorService service = direct.asExecutorService();
        Command command = new Command();
        service.execute(() -> {
            command.run();
            assertThat(service.shutdownNow()).isEmpty();
        });
        assertThat(Thread.interrupted()).isFalse();
        assertThat(command.sum()).isEqualTo(1);
        assertThat(service.isTerminated()).isTrue();
    }

    @Test
    void anExecutedFutureOfTheJdkThatIsStoppedEndsAsItsOwnTaskDoes() throws Exception {
        CompletableFuture<Void> entered = new CompletableFuture<>();
        FutureTask<Integer> future = new FutureTask<>(() -> {
            entered.complete(null);
            try {
                return new CompletableFuture<Integer>().get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            catch (InterruptedException ex) {
                return 7;
            }
        });
        FutureTask<Integer> waiting = new FutureTask<>(() -> 8);
        try (ThreadPoolExecutor pool = ThreadPoolExecutor.builder().maxWorkers(1).build()) {
            ExecutorService service = pool.asExecutorService();
            service.execute(future);
            ExecutorServiceContract.get(entered);
            pool.asExecutorService().execute(waiting);
            assertThat(service.shutdownNow()).isEmpty();
            assertThat(ExecutorServiceContract.get(future)).isEqualTo(7);
            assertThat(waiting.isCancelled()).as("another view had it, and it will not be run").isTrue();
        }
    }

    @Test
    void aForeignFutureEndsATaskInAnInterruptedThread() throws Exception {
        ForeignFuture foreign = new ForeignFuture();
        Executor executor = (Executor) Proxy.newProxyInstance(Executor.class.getClassLoader(),
                new Class<?>[] { Executor.class }, (proxy, method, arguments) -> foreign.future());
        ServiceTask<Integer> task = new ServiceTask<>(() -> 1);
        task.submitTo(executor, () -> false, () -> {
        });
        Thread.currentThread().interrupt();
        foreign.promise().setResult(42);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(task.done()).isTrue();
        assertThat(task.result(Await.PATIENCE)).isEqualTo(42);
    }

}
