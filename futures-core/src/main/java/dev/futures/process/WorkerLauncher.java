// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import dev.futures.TaskAction;
import dev.futures.TaskSerializationException;
import dev.futures.serial.Culprit;
import dev.futures.serial.Failure;
import dev.futures.serial.Parcel;
import dev.futures.serial.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Starts worker processes: command line, secret, connection, initializer.
 */
final class WorkerLauncher {

    /** Starting two processes at the same time has hung JVMs. */
    private static final ReentrantLock spawning = new ReentrantLock();

    private static final Logger logger = System.getLogger("dev.futures");

    private final String poolName;

    private final IntSupplier maxWorkers;

    private final ProcessSettings settings;

    private final Payloads payloads;

    private final ReentrantLock preparing = new ReentrantLock();

    // volatile: set with the lock by the first that needs it, read by all
    private volatile @Nullable Prepared prepared;

    // volatile: set when the first child gets ready, read by those that start others
    private volatile boolean proven;

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
        StartupCache cache = prepare().cache();
        List<String> cacheOptions = (cache != null) ? cache.use() : List.of();
        if (cache != null && !cacheOptions.isEmpty()) {
            try {
                return launch(new Launch(workerName, cacheOptions, Level.INFO, Level.WARNING, cache), spawned,
                        deadline);
            }
            catch (IOException ex) {
                if (!cache.isGivenUp()) {
                    throw ex;
                }
                logger.log(Level.DEBUG, () -> "starting a process for " + workerName + " without startupCache", ex);
            }
        }
        return launch(new Launch(workerName, List.of(), Level.INFO, Level.WARNING, null), spawned, deadline);
    }

    private WorkerProcess launch(Launch launch, Consumer<WorkerProcess> spawned, long deadline)
            throws IOException, WorkerStartException.InitializerFailed {
        WorkerProcess child = null;
        boolean ready = false;
        try (WorkDirectory directory = WorkDirectory.create();
                Rendezvous rendezvous = Rendezvous.open(directory.resolve("s"))) {
            child = spawn(directory, rendezvous, launch);
            spawned.accept(child);
            connect(child, rendezvous, deadline);
            directory.delete();
            initialize(child, deadline);
            ready = true;
            child.ready();
            this.proven = true;
            return child;
        }
        catch (IOException ex) {
            if (launch.cache() != null && child != null && child.hasFailedByItself()) {
                launch.cache().discard(ex);
            }
            throw ex;
        }
        finally {
            if (child != null && !ready) {
                child.close();
            }
        }
    }

    /** Whether there ought to be a start-up cache and is none. */
    boolean wantsTraining() {
        Prepared known = this.prepared;
        return known != null && known.cache() != null && known.cache().isMissing();
    }

    /**
     * Has a process make the start-up cache, and waits for its end.
     * @param name names threads
     * @param spawned told of the process as soon as it can be killed
     * @throws IOException if it could not be made
     * @throws WorkerStartException.InitializerFailed if the initializer failed
     */
    void train(String name, Consumer<WorkerProcess> spawned)
            throws IOException, WorkerStartException.InitializerFailed {
        StartupCache cache = prepare().cache();
        AtomicReference<@Nullable WorkerProcess> started = new AtomicReference<>();
        try (StartupCache.@Nullable Training training = (cache != null) ? cache.train() : null) {
            if (training == null) {
                return;
            }
            try {
                train(name, training, (process) -> {
                    started.set(process);
                    spawned.accept(process);
                });
            }
            finally {
                WorkerProcess child = started.get();
                if (child != null && child.isDoomed()) {
                    training.abort();
                }
            }
        }
    }

    private void train(String name, StartupCache.Training training, Consumer<WorkerProcess> spawned)
            throws IOException, WorkerStartException.InitializerFailed {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(this.settings.startTimeout());
        Launch launch = new Launch(name, training.options(), Level.DEBUG, Level.DEBUG, null);
        WorkerProcess child = launch(launch, spawned, deadline);
        try {
            if (!child.farewell(this.settings.startTimeout())) {
                throw new IOException("process " + child.pid() + ", which was to make it, " + child.describeExit()
                        + " (it is killed after " + this.settings.name("startTimeout") + ", "
                        + this.settings.startTimeout() + ")" + child.lastWords());
            }
        }
        finally {
            child.close();
        }
        training.finish();
    }

    private WorkerProcess spawn(WorkDirectory directory, Rendezvous rendezvous, Launch launch) throws IOException {
        ClassPathSnapshot classes = prepare().classes();
        String change = classes.change();
        if (change != null) {
            throw WorkerStartException.permanent(change, null);
        }
        Path java = JavaExecutable.find(this.settings.jvm().java());
        Path arguments = directory.resolve("a");
        ArgumentFile.write(arguments, arguments(launch.cacheOptions(), classes.classPath()));
        ProcessBuilder builder = new ProcessBuilder(java.toString(), "@" + arguments);
        builder.directory(WorkerProcess.directory(this.settings.jvm().workingDirectory()));
        this.settings.jvm().inherited().retainIn(builder.environment());
        JvmArguments.REMOVED_VARIABLES.forEach(builder.environment()::remove);
        builder.environment().putAll(this.settings.jvm().environment());
        String id = ProcessTree.mark(builder.environment());
        Process process = start(builder, java);
        WorkerProcess child = watch(process, id, launch);
        try {
            new Bootstrap(rendezvous.address(), rendezvous.secret(), this.settings.maxPayload(),
                    this.settings.name("maxPayload"))
                .writeTo(process.getOutputStream());
        }
        catch (IOException ex) {
            // it has ended already: that nobody connects is how this is found out
            logger.log(Level.DEBUG, () -> "worker process " + child.pid() + " does not read its standard input", ex);
        }
        return child;
    }

    private void connect(WorkerProcess child, Rendezvous rendezvous, long deadline) throws IOException {
        if (child.connect(rendezvous, FailureFormat.maxLength(this.settings.maxPayload()), deadline)) {
            return;
        }
        if (child.isAlive() && !child.isDoomed()) {
            throw LaunchFailure.late(child, this.settings);
        }
        throw LaunchFailure.ended(child, prepare().classes().change(), this.settings, this.proven);
    }

    /** What the first child is started with is what all others are started with. */
    private Prepared prepare() {
        this.preparing.lock();
        try {
            Prepared known = this.prepared;
            if (known == null) {
                ClassPathSnapshot classes = ClassPathSnapshot.of(ClassPath.ofThisJvm());
                Path directory = this.settings.jvm().startupCache();
                StartupCache cache = (directory != null) ? StartupCache.open(directory, this.poolName,
                        this.settings.jvm(), classes, arguments(List.of(), classes.classPath())) : null;
                known = new Prepared(classes, cache);
                this.prepared = known;
                warnOfOvercommitment();
            }
            return known;
        }
        finally {
            this.preparing.unlock();
        }
    }

    private int maxProcesses() {
        return this.maxWorkers.getAsInt() + this.settings.warmSpares();
    }

    private void warnOfOvercommitment() {
        int workers = maxProcesses();
        long heap = MemoryShare.heapOf(this.settings.jvm().options(),
                MemoryShare.maxHeap(this.settings.jvm(), workers));
        String warning = MemoryShare.overcommitment(workers, heap, MemoryShare.totalMemory(), this.settings.names());
        if (warning != null) {
            logger.log(Level.WARNING, "pool '" + this.poolName + "': " + warning);
        }
    }

    private WorkerProcess watch(Process process, String id, Launch launch) throws IOException {
        try {
            return new WorkerProcess(process, id, this.poolName, launch.name(), launch.outputLevel(),
                    launch.errorLevel());
        }
        catch (IOException | RuntimeException | Error ex) {
            process.destroyForcibly();
            throw ex;
        }
    }

    private static Process start(ProcessBuilder builder, Path java) throws IOException {
        spawning.lock();
        try {
            return builder.start();
        }
        catch (IOException ex) {
            throw JavaExecutable.notStarted(ex, java, builder.directory());
        }
        finally {
            spawning.unlock();
        }
    }

    private List<String> arguments(List<String> cacheOptions, ClassPath classPath) {
        List<String> arguments = new ArrayList<>(cacheOptions);
        arguments.addAll(JvmArguments.of(this.settings.jvm(), maxProcesses()));
        arguments.addAll(classPath.arguments(WorkerMain.class.getName()));
        return arguments;
    }

    private void initialize(WorkerProcess child, long deadline)
            throws IOException, WorkerStartException.InitializerFailed {
        Parcel initializer = encodedInitializer();
        Frame answer = null;
        try {
            child.send(new Frame(Frame.Kind.INIT, 0, initializer));
            while (answer == null) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    throw new WorkerStartException(
                            "the initializer in worker process " + child.pid() + " did not end within "
                                    + this.settings.startTimeout() + "; if it needs longer, give it a longer "
                                    + this.settings.name("startTimeout") + child.lastWords(),
                            null);
                }
                answer = child.awaitFrame(millis);
            }
        }
        catch (WorkerStartException ex) {
            throw ex;
        }
        catch (ProtocolException ex) {
            throw new WorkerStartException("worker process " + child.pid() + " was killed while it was getting ready: "
                    + ex.getMessage() + child.lastWords(), ex);
        }
        catch (IOException ex) {
            // the end of the channel, or a reset of it: the child has died
            throw new WorkerStartException("worker process " + child.pid() + " " + child.describeExit()
                    + " while it was getting ready" + child.lastWords(), ex);
        }
        check(answer, child);
    }

    private Parcel encodedInitializer() throws WorkerStartException.InitializerFailed {
        TaskAction initializer = this.settings.initializer();
        try {
            // if there is none, not even the smallest maxPayload is in its way
            return (initializer != null) ? this.payloads.pack(initializer) : Parcel.EMPTY;
        }
        catch (Throwable ex) {
            throw new WorkerStartException.InitializerFailed(
                    new TaskSerializationException("the initializer could not be sent: " + Failure.describe(ex)
                            + Culprit.describe(initializer, ex, this.payloads), ex));
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

    /**
     * What does not change from child to child.
     *
     * @param classes what they load classes from
     * @param cache their start-up cache, if any
     */
    private record Prepared(ClassPathSnapshot classes, @Nullable StartupCache cache) {

    }

    /**
     * What may change from child to child.
     *
     * @param name names threads
     * @param cacheOptions the options that use, or make, a start-up cache
     * @param outputLevel the level of what it prints on standard output
     * @param errorLevel the level of what it prints on standard error
     * @param cache the cache that it uses, if any
     */
    private record Launch(String name, List<String> cacheOptions, Level outputLevel, Level errorLevel,
            @Nullable StartupCache cache) {

    }

}
