// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Logs what an output stream of a child says. One thread logs for all children of this
 * JVM, some lines of one stream, then some of the next; it ends when it is idle. A log
 * that is slow, or blocks, thus holds up neither the children nor who reads from them.
 */
final class OutputLog {

    private static final int LINES_PER_TURN = 64;

    private static final long IDLE_SECONDS = 10;

    private static final ScheduledThreadPoolExecutor writer = new ScheduledThreadPoolExecutor(1, (action) -> {
        Thread thread = new Thread(action, "futures-output");
        thread.setDaemon(true);
        thread.setContextClassLoader(OutputLog.class.getClassLoader());
        return thread;
    });

    static {
        writer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        writer.allowCoreThreadTimeOut(true);
    }

    private final OutputQueue queue = new OutputQueue(System::nanoTime);

    private final Logger logger;

    private final Level level;

    private final String prefix;

    /** Logging thread only. */
    private boolean failed;

    OutputLog(Logger logger, Level level, String prefix) {
        this.logger = logger;
        this.level = level;
        this.prefix = prefix;
    }

    /** Has a line logged, unless there are too many. Never waits for the log. */
    void add(byte[] buffer, int length) {
        if (this.queue.offer(buffer, length)) {
            callWriter();
        }
    }

    /** There are no more lines. */
    void end() {
        this.queue.end();
        callWriter();
    }

    private void callWriter() {
        try {
            writer.execute(this::write);
        }
        catch (OutOfMemoryError ex) {
            // no memory, or no thread: the next line tries again
            this.queue.abandon();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what write throws, it handles itself
    private void write() {
        for (int i = 0; i < LINES_PER_TURN; i++) {
            byte[] line = this.queue.poll();
            if (line == null) {
                break;
            }
            log(line);
        }
        long nanos = this.queue.rest();
        if (nanos >= 0) {
            writer.schedule(this::write, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void log(byte[] line) {
        try {
            this.logger.log(this.level, this.prefix + OutputText.of(line));
        }
        catch (Throwable ex) {
            report(ex);
        }
    }

    /** Once: the next lines hardly fare better. */
    private void report(Throwable failure) {
        if (this.failed) {
            return;
        }
        this.failed = true;
        try {
            System.getLogger("dev.futures")
                .log(Level.WARNING, "output of a worker process is lost because it could not be logged: " + this.prefix,
                        failure);
        }
        catch (Throwable ex) {
            // then the log is of no use at all
            return;
        }
    }

}
