// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import dev.futures.TaskSerializationException;
import dev.futures.serial.Parcel;
import dev.futures.serial.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Starts worker processes: command line, secret, connection, initializer.
 */
final class WorkerLauncher {

    /** Starting two processes at the same time has hung JVMs. */
    private static final ReentrantLock spawning = new ReentrantLock();

    private final String poolName;

    private final IntSupplier maxWorkers;

    private final ProcessSettings settings;

    private final Payloads payloads;

    WorkerLauncher(String poolName, IntSupplier maxWorkers, ProcessSettings settings, Payloads payloads) {
        this.poolName = poolName;
        this.maxWorkers = maxWorkers;
        this.settings = settings;
        this.payloads = payloads;
    }

    /**
     * Starts a process and waits until it is ready for tasks.
     * @param workerName the name of its worker
     * @param spawned told of the process as soon as it can be killed
     * @throws IOException if it could not be started
     * @throws WorkerStartException.InitializerFailed if its initializer failed
     */
    WorkerProcess launch(String workerName, Consumer<WorkerProcess> spawned)
            throws IOException, WorkerStartException.InitializerFailed {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(this.settings.startTimeout());
        WorkerProcess child = null;
        boolean ready = false;
        try (WorkDirectory directory = WorkDirectory.create();
                Rendezvous rendezvous = Rendezvous.open(directory.resolve("s"))) {
            child = spawn(directory, rendezvous, workerName);
            spawned.accept(child);
            child.connect(rendezvous, FailureFormat.maxLength(this.settings.maxPayload()), deadline);
            directory.delete();
            initialize(child, deadline);
            ready = true;
            return child;
        }
        finally {
            if (child != null && !ready) {
                child.close();
            }
        }
    }

    private WorkerProcess spawn(WorkDirectory directory, Rendezvous rendezvous, String workerName) throws IOException {
        Path arguments = directory.resolve("a");
        Files.write(arguments, quoted(arguments()), nativeEncoding());
        ProcessBuilder builder = new ProcessBuilder(java(), "@" + arguments);
        builder.directory(WorkerProcess.directory(this.settings.workingDirectory()));
        builder.environment().keySet().removeAll(JvmArguments.REMOVED_VARIABLES);
        builder.environment().putAll(this.settings.environment());
        Process process = start(builder);
        WorkerProcess child = watch(process, workerName);
        try {
            new Bootstrap(rendezvous.address(), rendezvous.secret(), this.settings.maxPayload())
                .writeTo(process.getOutputStream());
        }
        catch (IOException ex) {
            String death = child.describeDeath();
            child.close();
            throw new WorkerStartException(death, ex);
        }
        return child;
    }

    /** In which the java launcher reads an argument file. */
    private static Charset nativeEncoding() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));
    }

    private WorkerProcess watch(Process process, String workerName) throws IOException {
        try {
            return new WorkerProcess(process, this.poolName, workerName);
        }
        catch (IOException | RuntimeException | Error ex) {
            process.destroyForcibly();
            throw ex;
        }
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        spawning.lock();
        try {
            return builder.start();
        }
        finally {
            spawning.unlock();
        }
    }

    private List<String> arguments() throws IOException {
        List<String> arguments = new ArrayList<>(JvmArguments.of(this.settings, this.maxWorkers.getAsInt()));
        arguments.addAll(ClassPath.arguments(WorkerMain.class.getName()));
        return arguments;
    }

    /** In an argument file a backslash escapes and a quoted argument may have blanks. */
    private static List<String> quoted(List<String> arguments) {
        return arguments.stream()
            .map((argument) -> "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .toList();
    }

    private static String java() throws WorkerStartException {
        Path home = Path.of(System.getProperty("java.home", ""), "bin");
        for (String name : List.of("java", "java.exe")) {
            if (Files.isExecutable(home.resolve(name))) {
                return home.resolve(name).toString();
            }
        }
        throw new WorkerStartException(
                "there is no java launcher in " + home + "; a process pool needs a complete Java installation", null);
    }

    private void initialize(WorkerProcess child, long deadline)
            throws IOException, WorkerStartException.InitializerFailed {
        child.send(new Frame(Frame.Kind.INIT, 0, encodedInitializer()));
        Frame answer = null;
        try {
            while (answer == null) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    throw new WorkerStartException("the initializer in worker process " + child.pid()
                            + " did not end within " + this.settings.startTimeout(), null);
                }
                answer = child.awaitFrame(millis);
            }
        }
        catch (java.io.EOFException ex) {
            throw new WorkerStartException(child.describeDeath() + " while it was getting ready", ex);
        }
        check(answer, child);
    }

    private Parcel encodedInitializer() throws WorkerStartException.InitializerFailed {
        try {
            return this.payloads.pack(this.settings.initializer());
        }
        catch (Throwable ex) {
            throw new WorkerStartException.InitializerFailed(
                    new TaskSerializationException("the initializer could not be sent: " + ex, ex));
        }
    }

    private void check(@Nullable Frame answer, WorkerProcess child)
            throws IOException, WorkerStartException.InitializerFailed {
        if (answer != null && answer.kind() == Frame.Kind.INIT_FAILED) {
            throw new WorkerStartException.InitializerFailed(FailureFormat.fromBytes(answer.payload())
                .toThrowable(this.payloads, "the initializer of worker process " + child.pid()));
        }
        if (answer == null || answer.kind() != Frame.Kind.READY) {
            throw new ProtocolException("it broke the protocol: unexpected frame from a starting child: " + answer);
        }
    }

}
