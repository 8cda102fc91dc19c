// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.futures.BrokenExecutorException;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.QueueFullException;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.thread.ThreadPoolExecutor;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Returns futures in every way there is, in Spring MVC and in Spring WebFlux.
 */
@RestController
class FutureController {

    private final ThreadPoolExecutor threads;

    private final ProcessPoolExecutor processes;

    final CountDownLatch started = new CountDownLatch(1);

    final CountDownLatch interrupted = new CountDownLatch(1);

    /** What the task threw, and what the handler got. */
    volatile Throwable thrown = new AssertionError("nothing was thrown");

    volatile Throwable handled = new AssertionError("nothing was handled");

    FutureController(ThreadPoolExecutor threads, ProcessPoolExecutor processes) {
        this.threads = threads;
        this.processes = processes;
    }

    @GetMapping("/value")
    Future<String> value() {
        return this.threads.submit(() -> "value");
    }

    @GetMapping("/done")
    Future<String> done() {
        return Futures.completed("value");
    }

    @GetMapping("/as-jdk")
    java.util.concurrent.Future<String> asJdk() {
        return this.threads.submit(() -> "value");
    }

    @GetMapping("/as-stage")
    CompletionStage<String> asStage() {
        return this.threads.submit(() -> "value");
    }

    @GetMapping("/as-object")
    Object asObject() {
        return this.threads.submit(() -> "value");
    }

    @GetMapping("/entity")
    Future<ResponseEntity<String>> entity() {
        return this.threads.submit(() -> ResponseEntity.accepted().header("X-Kept", "yes").body("value"));
    }

    @GetMapping("/in-entity")
    ResponseEntity<Future<String>> inEntity() {
        return ResponseEntity.accepted().header("X-Kept", "yes").body(this.threads.submit(() -> "value"));
    }

    @GetMapping("/in-any-entity")
    ResponseEntity<?> inAnyEntity() {
        return ResponseEntity.accepted().header("X-Kept", "yes").body(this.threads.submit(() -> "value"));
    }

    @GetMapping("/null")
    Future<String> nothing() {
        return this.threads.submit(() -> null);
    }

    @GetMapping("/null-in-entity")
    ResponseEntity<Future<String>> nothingInEntity() {
        return ResponseEntity.accepted().header("X-Kept", "yes").body(this.threads.submit(() -> null));
    }

    @GetMapping("/animals")
    Future<List<Animal>> animals() {
        return this.threads.submit(() -> List.of(new Cat("Tom")));
    }

    @GetMapping("/animals-in-entity")
    ResponseEntity<Future<List<Animal>>> animalsInEntity() {
        return ResponseEntity.ok(this.threads.submit(() -> List.of(new Cat("Tom"))));
    }

    @GetMapping("/failing")
    Future<String> failing() {
        return failWith(new TornException("torn"));
    }

    @GetMapping("/failing-in-entity")
    ResponseEntity<Future<String>> failingInEntity() {
        return ResponseEntity.ok().header("X-Kept", "yes").body(failWith(new TornException("torn")));
    }

    @GetMapping("/failing-with-wrapper")
    Future<String> failingWithWrapper() {
        return failWith(new CompletionException("mine", new TornException("torn")));
    }

    @GetMapping("/cancelled")
    Future<String> cancelled() {
        CountDownLatch never = new CountDownLatch(1);
        Future<String> future = this.threads.submit(() -> {
            never.await();
            return "value";
        });
        future.cancel(true);
        return future;
    }

    @GetMapping("/timed-out")
    Future<String> timedOut() {
        CountDownLatch never = new CountDownLatch(1);
        return this.threads.submit(() -> {
            never.await();
            return "value";
        }, TaskOptions.none().withTimeLimit(Duration.ofMillis(1)));
    }

    @GetMapping("/full")
    Future<String> full() {
        throw new QueueFullException("full");
    }

    @GetMapping("/full-future")
    Future<String> fullFuture() {
        return Futures.failed(new QueueFullException("full"));
    }

    @GetMapping("/broken")
    Future<String> broken() {
        return Futures.failed(new BrokenExecutorException("broken", null));
    }

    @GetMapping("/timed-out-and-handled")
    Future<String> timedOutAndHandled() {
        return failWith(new HandledTimeoutException());
    }

    @GetMapping("/hanging")
    Future<String> hanging() {
        return this.threads.submit(this::hang);
    }

    @GetMapping("/hanging-in-entity")
    ResponseEntity<Future<String>> hangingInEntity() {
        return ResponseEntity.ok(this.threads.submit(this::hang));
    }

    @GetMapping("/hanging-process")
    Future<String> hangingProcess() {
        return this.processes.submit(FutureController::spin);
    }

    private String hang() throws InterruptedException {
        try {
            this.started.countDown();
            new CountDownLatch(1).await();
        }
        catch (InterruptedException ex) {
            this.interrupted.countDown();
            throw ex;
        }
        return "value";
    }

    private static String spin() {
        while (System.nanoTime() != 0) {
            Thread.onSpinWait();
        }
        return "value";
    }

    private Future<String> failWith(Exception exception) {
        this.thrown = exception;
        return this.threads.submit(() -> {
            throw exception;
        });
    }

    @ExceptionHandler({ TornException.class, CompletionException.class, CancellationException.class,
            HandledTimeoutException.class })
    ResponseEntity<String> handle(Exception ex) {
        this.handled = ex;
        return ResponseEntity.status(HttpStatus.I_AM_A_TEAPOT).body(ex.getClass().getSimpleName());
    }

    static final class TornException extends IOException {

        private static final long serialVersionUID = 1L;

        TornException(String message) {
            super(message);
        }

    }

    static final class HandledTimeoutException extends TaskTimeoutException {

        private static final long serialVersionUID = 1L;

        HandledTimeoutException() {
            super("handled");
        }

    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Cat.class, name = "cat"))
    interface Animal {

    }

    record Cat(String name) implements Animal {

    }

}
