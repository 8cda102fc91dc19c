// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.futures.Task;
import dev.futures.TaskAction;
import dev.futures.TaskSerializationException;
import dev.futures.serial.Failure;
import dev.futures.serial.Parcel;
import dev.futures.serial.Payloads;
import dev.futures.serial.TaskInput;
import org.jspecify.annotations.Nullable;

/**
 * What a worker process does: one task after the other, in its main thread, which also
 * reads and writes. Whatever goes wrong with a task is an answer, not an end.
 */
final class WorkerLoop {

    /** How long shutdown hooks and stray threads may hold up the end. */
    private static final long LAST_CALL_MILLIS = 4_000;

    /** How often the parent is told about the heap, at most: it costs a write. */
    private static final long HEAP_INTERVAL_NANOS = 500_000_000;

    private final PrintStream standardOutput = System.out;

    private final PrintStream standardError = System.err;

    private final Connection connection;

    private final Payloads payloads;

    private final TaskInput tasks;

    private final Assignment assignment;

    /** Lets go of what would hold up the end. */
    private final Runnable release;

    private long heapToldAt = System.nanoTime() - HEAP_INTERVAL_NANOS;

    /** What is known about the task that comes next. */
    private About about = new About("", null);

    WorkerLoop(Connection connection, Bootstrap bootstrap, Assignment assignment, Runnable release) {
        this.connection = connection;
        this.assignment = assignment;
        this.release = release;
        ObjectInputFilter filter = SerialFilters.fromParent();
        this.payloads = new Payloads(Thread.currentThread().getContextClassLoader(), filter, bootstrap.maxPayload(),
                bootstrap.limitName());
        this.tasks = new TaskInput(this.payloads);
    }

    void run() throws IOException {
        for (Frame frame = this.connection.receive(); frame != null; frame = this.connection.receive()) {
            switch (frame.kind()) {
                case INIT -> initialize(frame);
                case ABOUT -> this.about = About.fromBytes(frame.payload());
                case TASK -> execute(frame);
                case BYE -> {
                    exit();
                    return;
                }
                default -> throw new ProtocolException(
                        "it broke the protocol: unexpected frame from the parent: " + frame.kind());
            }
        }
        if (!this.assignment.isLeaving()) {
            WorkerMain.leave();
        }
    }

    private void initialize(Frame frame) throws IOException {
        Frame answer = new Frame(Frame.Kind.READY, frame.id());
        RunnerThread.allowInterrupts();
        try {
            // nothing at all if there is none
            Object initializer = (frame.parcel().length() > 0) ? this.payloads.unpack(frame.parcel()) : null;
            if (initializer != null) {
                ((TaskAction) initializer).run();
            }
        }
        catch (Throwable ex) {
            answer = new Frame(Frame.Kind.INIT_FAILED, frame.id(), failure(ex));
        }
        RunnerThread.preventInterrupts();
        answer(answer);
    }

    private void execute(Frame frame) throws IOException {
        if (!this.assignment.begin(frame.id(), this.about)) {
            this.connection.send(new Frame(Frame.Kind.NOT_BEGUN, frame.id()));
            return;
        }
        Frame answer;
        try {
            answer = new Frame(Frame.Kind.RESULT, frame.id(), encode(decode(frame.parcel()).call()));
        }
        catch (Throwable ex) {
            answer = new Frame(Frame.Kind.FAILURE, frame.id(), failure(ex));
        }
        this.assignment.end();
        // not before: an interrupt that was meant for the task would close the connection
        tellHeap(frame.id());
        answer(answer);
    }

    private void tellHeap(long task) throws IOException {
        long now = System.nanoTime();
        if (now - this.heapToldAt >= HEAP_INTERVAL_NANOS) {
            this.heapToldAt = now;
            this.connection.send(new Frame(Frame.Kind.HEAP, task, HeapUse.now().toBytes()));
        }
    }

    private Task<?> decode(Parcel parcel) {
        Object decoded;
        try {
            decoded = this.tasks.read(parcel);
        }
        catch (Throwable ex) {
            throw new TaskSerializationException(
                    "the task could not be read in the worker process: " + Failure.describe(ex), ex);
        }
        if (decoded instanceof Task<?> task) {
            return task;
        }
        throw new TaskSerializationException("what was sent is not a task", null);
    }

    private Parcel encode(@Nullable Object result) {
        try {
            return this.payloads.pack(result);
        }
        catch (Throwable ex) {
            throw new TaskSerializationException(
                    "the result, of " + className(result) + ", could not be sent back: " + Failure.describe(ex), ex);
        }
    }

    private Parcel failure(Throwable thrown) {
        return Parcel.of(FailureFormat.toBytes(Failure.of(thrown, this.payloads)));
    }

    private static String className(@Nullable Object result) {
        return (result != null) ? result.getClass().toString() : "no class";
    }

    private void answer(Frame frame) throws IOException {
        flush(System.out, this.standardOutput);
        flush(System.err, this.standardError);
        this.connection.send(frame);
    }

    /** A task may have put anything in the place of a stream. */
    private static void flush(@Nullable PrintStream current, PrintStream original) {
        try {
            if (current != null && current != original) {
                current.flush();
            }
        }
        catch (Throwable ex) {
            // it is not ours, and no reason not to answer
        }
        original.flush();
    }

    /** Runs shutdown hooks, but not for ever. */
    private void exit() {
        Thread lastCall = new RunnerThread(() -> {
            try {
                new CountDownLatch(1).await(LAST_CALL_MILLIS, TimeUnit.MILLISECONDS);
            }
            catch (InterruptedException ex) {
                // nobody does that; ending now is right all the same
            }
            Runtime.getRuntime().halt(0);
        }, "futures-last-call");
        lastCall.setDaemon(true);
        lastCall.start();
        this.release.run();
        System.exit(0);
    }

}
