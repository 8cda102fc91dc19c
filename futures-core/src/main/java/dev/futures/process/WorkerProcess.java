// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A child JVM as its parent sees it: the process, its output and, once it has connected,
 * the channel to it. One thread, the worker's, calls {@link #awaitFrame} and
 * {@link #close}; any thread may send, wake up and kill.
 */
final class WorkerProcess {

    private static final Logger logger = System.getLogger("dev.futures");

    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    /** How long a process may take to end that was asked to. */
    static final Duration EXIT_PATIENCE = Duration.ofSeconds(5);

    private static final long EXIT_SECONDS = EXIT_PATIENCE.toSeconds();

    private final Process process;

    private final ProcessTree tree;

    private final OutputPump standardOutput;

    private final OutputPump standardError;

    private final ExitWatch exitWatch;

    private final Selector selector;

    // worker's thread; volatile for those who send: set before they know this object
    private volatile @Nullable Connection connection;

    // worker's thread only
    private @Nullable SelectionKey key;

    // volatile: set by a sender whose frame was not written completely
    private volatile boolean unwritten;

    private final ChildHistory history = new ChildHistory();

    // set by the thread that starts it, before the worker knows it
    private long readySince = System.nanoTime();

    // volatile: set by whoever decides that this process must die
    private volatile boolean doomed;

    /** Nothing that the process has started is left. Worker's thread only. */
    private boolean swept;

    WorkerProcess(Process process, String id, String poolName, String workerName) throws IOException {
        this(process, id, poolName, workerName, Level.INFO, Level.WARNING);
    }

    /**
     * Takes charge of a process.
     * @param process the process
     * @param id what {@link ProcessTree#mark} has returned
     * @param poolName names the logger of what it prints
     * @param workerName names threads
     * @param outputLevel the level of what it prints on standard output
     * @param errorLevel the level of what it prints on standard error
     */
    WorkerProcess(Process process, String id, String poolName, String workerName, Level outputLevel, Level errorLevel)
            throws IOException {
        this.process = process;
        this.tree = new ProcessTree(process.toHandle(), id);
        Logger output = System.getLogger("dev.futures.worker." + poolName);
        String prefix = "[pid " + process.pid() + "] ";
        this.standardOutput = OutputPump.start(OutputPipe.of(process, 1), new OutputLog(output, outputLevel, prefix),
                workerName + "-stdout");
        this.standardError = OutputPump.start(OutputPipe.of(process, 2), new OutputLog(output, errorLevel, prefix),
                workerName + "-stderr");
        this.exitWatch = ExitWatch.start(process, workerName + "-exit");
        this.selector = Selector.open();
    }

    long pid() {
        return this.process.pid();
    }

    ChildHistory history() {
        return this.history;
    }

    /** Has an action run, by whatever thread, once the process has ended. */
    void onExit(Runnable action) {
        this.exitWatch.onExit(action);
    }

    /** Waits for the child to connect; returns whether it did. */
    boolean connect(Rendezvous rendezvous, int maxPayload, long deadline) throws IOException {
        this.exitWatch.onExit(rendezvous::abort);
        Connection accepted = rendezvous.accept(deadline, maxPayload);
        if (accepted == null) {
            return false;
        }
        this.connection = accepted;
        this.key = accepted.channel().register(this.selector, SelectionKey.OP_READ);
        // the channel says so as well, unless somebody else has inherited it
        this.exitWatch.onExit(this.selector::wakeup);
        return true;
    }

    /** The process is ready for tasks. */
    void ready() {
        this.readySince = System.nanoTime();
    }

    /** Returns since when it is ready, as {@link System#nanoTime()}. */
    long readySince() {
        return this.readySince;
    }

    boolean isAlive() {
        return this.process.isAlive();
    }

    /** Sends without blocking; the worker's thread writes what does not fit at once. */
    void send(Frame... frames) throws IOException {
        Connection open = this.connection;
        if (open == null) {
            throw new IOException("not connected");
        }
        if (!open.send(frames)) {
            this.unwritten = true;
            this.selector.wakeup();
        }
    }

    void wakeUp() {
        this.selector.wakeup();
    }

    /**
     * Waits for a frame.
     * @param timeoutMillis how long, or 0 for ever
     * @return the frame, or {@code null} if there is none yet
     * @throws EOFException if the child has died
     * @throws IOException if the channel broke, or the child broke the rules
     */
    @Nullable Frame awaitFrame(long timeoutMillis) throws IOException {
        Connection open = this.connection;
        SelectionKey selected = this.key;
        if (open == null || selected == null) {
            throw new IOException("not connected");
        }
        Frame frame = open.next();
        if (frame != null) {
            return frame;
        }
        // a stray interrupt, from a callback, would make select return for ever
        Thread.interrupted();
        boolean alive = this.process.isAlive();
        if (alive) {
            this.selector.select(timeoutMillis);
        }
        this.selector.selectedKeys().clear();
        int count = open.fill();
        // what it said before it died counts, even if somebody else holds the channel
        // open
        if (count < 0 || (count == 0 && !alive)) {
            throw new EOFException("worker process " + pid() + " ended");
        }
        write(open, selected);
        return open.next();
    }

    private void write(Connection open, SelectionKey selected) throws IOException {
        if (this.unwritten) {
            this.unwritten = false;
            if (open.flush()) {
                selected.interestOps(SelectionKey.OP_READ);
            }
            else {
                this.unwritten = true;
                selected.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
        }
    }

    /**
     * Returns whether the process cannot have begun what it was sent last: not all of it
     * was written, or the system says that it left some of it unread.
     * @param end how the channel ended
     */
    boolean hasIgnoredWhatItWasSent(IOException end) {
        Connection open = this.connection;
        if (open == null) {
            return false;
        }
        boolean ended = end instanceof EOFException || end instanceof ProtocolException;
        return end instanceof NotBegunException || open.hasUnwritten() || (!ended && open.isResetOnlyIfUnread());
    }

    /** Asks the process to stop a task, beside the channel. */
    void requestStop(long id) {
        try {
            LifeLine.stop(this.process.getOutputStream(), id);
        }
        catch (IOException ex) {
            logger.log(Level.DEBUG, () -> "worker process " + pid() + " is gone, and so is task " + id, ex);
        }
    }

    /** Decides that this process gets no more tasks and is about to be killed. */
    void doom() {
        this.doomed = true;
    }

    boolean isDoomed() {
        return this.doomed;
    }

    /** Kills the process, or asks it to end, as SIGTERM does; it may not listen. */
    void end(boolean force) {
        if (force) {
            kill();
        }
        else {
            this.process.toHandle().destroy();
        }
    }

    /** Kills the process and those that it started. */
    void kill() {
        if (!this.process.isAlive()) {
            return;
        }
        this.tree.kill();
    }

    /** Lets the child end in its own way, for some seconds. */
    void farewell() {
        farewell(EXIT_PATIENCE);
    }

    /**
     * The same, with another patience.
     * @return whether it has ended, and in its own way
     */
    boolean farewell(Duration patience) {
        // a callback may have left its thread interrupted
        Thread.interrupted();
        try {
            send(new Frame(Frame.Kind.BYE, 0));
            if (this.process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return this.process.exitValue() == 0;
            }
            kill();
        }
        catch (IOException ex) {
            kill();
        }
        catch (InterruptedException ex) {
            kill();
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /**
     * Frees everything. Neither the process nor what it has started survives this.
     */
    void close() {
        // a callback may have left its thread interrupted
        boolean interrupted = Thread.interrupted();
        kill();
        int unused = exitStatus();
        this.standardOutput.close(LAST_WORDS);
        this.standardError.close(LAST_WORDS);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        close(this.selector);
        close(this.process.getOutputStream());
        close(this.connection);
    }

    private static void close(@Nullable Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        }
        catch (IOException ex) {
            // the process is gone, and with it the other end
            return;
        }
    }

    /** Returns the last lines of standard error, to be appended to a message. */
    String lastWords() {
        List<String> output = this.standardOutput.lastLines(LAST_WORDS);
        if (!this.process.isAlive() && ExitStatus.isCrash(this.process.exitValue(), output)) {
            // the last lines of the report itself are about the machine
            return "; the JVM said:\n  " + String.join("\n  ", ExitStatus.crashSummary(output));
        }
        List<String> lines = lastLines();
        return lines.isEmpty() ? "" : "; the last lines of its standard error:\n  " + String.join("\n  ", lines);
    }

    /**
     * Returns whether its JVM has crashed, or ended before it connected, and nobody has
     * ended it.
     */
    boolean hasFailedByItself() {
        if (this.doomed || this.process.isAlive()) {
            return false;
        }
        int status = this.process.exitValue();
        return ExitStatus.isCrash(status, this.standardOutput.lastLines(LAST_WORDS))
                || (this.connection == null && !ExitStatus.isKill(status));
    }

    List<String> lastLines() {
        return this.standardError.lastLines(LAST_WORDS);
    }

    /** Returns the last lines of standard output. */
    List<String> outputLines() {
        return this.standardOutput.lastLines(LAST_WORDS);
    }

    /** What the process said on standard output is where a JVM says why it gives up. */
    String describeExit() {
        return ExitStatus.describe(exitStatus(), this.standardOutput.lastLines(LAST_WORDS));
    }

    /** Waits for the process to end; then nothing of it holds its streams open. */
    int exitStatus() {
        try {
            if (!this.process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                kill();
                this.process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
            }
            return this.process.exitValue();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return -1;
        }
        catch (IllegalThreadStateException ex) {
            return -1;
        }
        finally {
            sweep();
        }
    }

    /** While the process is alive it could start others. */
    private void sweep() {
        if (!this.swept) {
            this.swept = !this.process.isAlive();
            this.tree.sweep();
        }
    }

    /** The directory that a child is started in. */
    static File directory(@Nullable Path configured) {
        return ((configured != null) ? configured : Path.of("")).toAbsolutePath().toFile();
    }

}
