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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * A child JVM as its parent sees it: the process, its output and, once it has connected,
 * the channel to it. One thread, the worker's, calls {@link #awaitFrame} and
 * {@link #close}; any thread may send, wake up and kill.
 */
final class WorkerProcess {

    private static final Logger logger = System.getLogger("dev.futures");

    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private static final long EXIT_SECONDS = 5;

    private final Process process;

    private final OutputPump standardOutput;

    private final OutputPump standardError;

    private final Selector selector;

    // worker's thread; volatile for those who send: set before they know this object
    private volatile @Nullable Connection connection;

    // worker's thread only
    private @Nullable SelectionKey key;

    // volatile: set by a sender whose frame was not written completely
    private volatile boolean unwritten;

    // volatile: set by whoever decides that this process must die
    private volatile boolean doomed;

    WorkerProcess(Process process, String poolName, String workerName) throws IOException {
        this.process = process;
        Logger output = System.getLogger("dev.futures.worker." + poolName);
        String prefix = "[pid " + process.pid() + "] ";
        this.standardOutput = OutputPump.start(process.getInputStream(), output, Level.INFO, prefix,
                workerName + "-stdout");
        this.standardError = OutputPump.start(process.getErrorStream(), output, Level.WARNING, prefix,
                workerName + "-stderr");
        this.selector = Selector.open();
    }

    long pid() {
        return this.process.pid();
    }

    /** Waits for the child to connect; returns whether it did. */
    @SuppressWarnings("FutureReturnValueIgnored") // both actions cannot fail
    boolean connect(Rendezvous rendezvous, int maxPayload, long deadline) throws IOException {
        this.process.onExit().thenRun(rendezvous::abort);
        Connection accepted = rendezvous.accept(deadline, maxPayload);
        if (accepted == null) {
            return false;
        }
        this.connection = accepted;
        this.key = accepted.channel().register(this.selector, SelectionKey.OP_READ);
        // the channel says so as well, unless somebody else has inherited it
        this.process.onExit().thenRun(this.selector::wakeup);
        return true;
    }

    boolean isAlive() {
        return this.process.isAlive();
    }

    /** Sends without blocking; the worker's thread writes what does not fit at once. */
    void send(Frame frame) throws IOException {
        Connection open = this.connection;
        if (open == null) {
            throw new IOException("not connected");
        }
        if (!open.send(frame)) {
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
        try {
            this.process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        catch (RuntimeException ex) {
            logger.log(Level.WARNING, "what worker process " + pid() + " has started may survive it", ex);
        }
        finally {
            this.process.destroyForcibly();
        }
    }

    /** Lets the child end in its own way, for some seconds. */
    void farewell() {
        // a callback may have left its thread interrupted
        Thread.interrupted();
        try {
            send(new Frame(Frame.Kind.BYE, 0));
            this.process.onExit().get(EXIT_SECONDS, TimeUnit.SECONDS);
        }
        catch (IOException | ExecutionException | TimeoutException ex) {
            kill();
        }
        catch (InterruptedException ex) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Frees everything; the process does not survive this. */
    void close() {
        kill();
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
        List<String> lines = lastLines();
        return lines.isEmpty() ? "" : "; the last lines of its standard error:\n  " + String.join("\n  ", lines);
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
    }

    /** The directory that a child is started in. */
    static File directory(@Nullable Path configured) {
        return ((configured != null) ? configured : Path.of("")).toAbsolutePath().toFile();
    }

}
