// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import dev.futures.Task;
import dev.futures.TaskAction;
import dev.futures.TaskInfo;
import dev.futures.TaskSerializationException;
import dev.futures.serial.Culprit;
import dev.futures.serial.Failure;
import dev.futures.serial.Parcel;
import dev.futures.serial.Payloads;
import dev.futures.thread.WorkerContext;
import org.jspecify.annotations.Nullable;

/**
 * The isolated world of one worker. Between it and the application go only bytes and
 * texts, in both directions: an object, a class or an exception of the one must not be
 * held in the other.
 */
final class InterpreterContext implements WorkerContext {

    private static final Logger logger = System.getLogger("dev.futures");

    private final String worker;

    private final Payloads outside;

    private final @Nullable TaskAction initializer;

    private final IsolatedClassLoader classLoader;

    private final Payloads inside;

    /** Found with the first task. Worker's thread only. */
    private @Nullable Method enter;

    /**
     * Creates a world without a class.
     * @param worker what messages call the worker
     * @param classLoader where its classes come from
     * @param outside how the application writes and reads
     * @param initializer what is to be done in it first
     */
    InterpreterContext(String worker, IsolatedClassLoader classLoader, Payloads outside,
            @Nullable TaskAction initializer) {
        this.worker = worker;
        this.classLoader = classLoader;
        this.inside = Payloads.isolated(classLoader);
        this.outside = outside;
        this.initializer = initializer;
    }

    @Override
    public void initialize() throws Throwable {
        if (this.initializer != null) {
            exchange(new Initialization(this.initializer), "the initializer");
        }
    }

    @Override
    public <T extends @Nullable Object> T run(Task<T> task, TaskInfo info) throws Throwable {
        enter(InsideContext.parts());
        try {
            return exchange(task, "task '" + info.name() + "'");
        }
        finally {
            enter(null);
        }
    }

    /**
     * The inner twin of this library's class, if the application inside has it at all.
     */
    private void enter(@Nullable Map<String, Object> parts) {
        try {
            Method method = this.enter;
            if (method == null) {
                method = Class.forName(InsideContext.class.getName(), true, this.classLoader)
                    .getMethod("enter", Map.class);
                this.enter = method;
            }
            method.invoke(null, parts);
        }
        catch (ReflectiveOperationException | LinkageError ex) {
            logger.log(Level.DEBUG, "tasks in " + this.worker + " cannot report progress", ex);
        }
    }

    @Override
    public void close() throws IOException {
        this.classLoader.close();
    }

    /** Sends a task inside, runs it there, and takes out what became of it. */
    @SuppressWarnings({ "unchecked", "NullAway" }) // the task's type says whether its
                                                   // result may be null
    private <T extends @Nullable Object> T exchange(Task<T> task, String what) throws Throwable {
        Parcel sent = encode(task, what);
        Answer answer = inside(() -> execute(sent, what));
        if (answer.failure() != null) {
            Throwable thrown = answer.failure().toThrowable(this.outside, this.worker + ", " + what);
            throw (answer.trouble() != null) ? new TaskSerializationException(answer.trouble(), thrown) : thrown;
        }
        try {
            return (T) this.outside.unpack(answer.result());
        }
        catch (Throwable ex) {
            throw new TaskSerializationException(
                    "the result of " + what + " could not be read: " + Failure.describe(ex), ex);
        }
    }

    private Parcel encode(Task<?> task, String what) {
        try {
            return this.outside.pack(task).detached();
        }
        catch (Throwable ex) {
            throw new TaskSerializationException(what + " could not be sent to " + this.worker + ": "
                    + Failure.describe(ex) + Culprit.describe(task, ex, this.outside), ex);
        }
    }

    private Answer inside(Supplier<Answer> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(this.classLoader);
        try {
            return action.get();
        }
        finally {
            // also if the task has set another one: a thread that has ended still has it
            thread.setContextClassLoader(before);
        }
    }

    /** Reads, runs, writes: whatever goes wrong is an answer. */
    private Answer execute(Parcel sent, String what) {
        Callable<?> task;
        try {
            task = read(sent);
        }
        catch (Throwable ex) {
            return trouble(what + " could not be read by " + this.worker + ": ", ex);
        }
        Object result;
        try {
            result = task.call();
        }
        catch (Throwable ex) {
            return new Answer(Parcel.EMPTY, Failure.of(ex, this.inside), null);
        }
        try {
            return new Answer(this.inside.pack(result).detached(), null, null);
        }
        catch (Throwable ex) {
            return trouble("the result of " + what + ", of " + className(result) + ", could not be sent back: ", ex);
        }
    }

    /**
     * Inside, this library's own types are others; only those of the JDK are the same.
     */
    private Callable<?> read(Parcel sent) throws IOException, ClassNotFoundException {
        if (this.inside.unpack(sent) instanceof Callable<?> task) {
            return task;
        }
        throw new InvalidObjectException("what was sent is not a task");
    }

    private Answer trouble(String message, Throwable thrown) {
        return new Answer(Parcel.EMPTY, Failure.of(thrown, this.inside), message + Failure.describe(thrown));
    }

    private static String className(@Nullable Object result) {
        return (result != null) ? result.getClass().toString() : "no class";
    }

    /**
     * What comes out.
     *
     * @param result the result, unless there is a failure
     * @param failure what was thrown
     * @param trouble what could not cross, if it was that
     */
    private record Answer(Parcel result, @Nullable Failure failure, @Nullable String trouble) {
    }

    /**
     * An initializer in the shape of a task, which can be called through a type of the
     * JDK.
     *
     * @param action the initializer
     */
    @SuppressWarnings("serial")
    private record Initialization(TaskAction action) implements Task<@Nullable Void> {

        @Override
        public @Nullable Void call() throws Exception {
            this.action.run();
            return null;
        }

    }

}
