// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Reads what a child writes to one of its output streams, line by line, hands it to the
 * log and remembers the last lines. A thread of its own that waits for nothing but the
 * child, so that a child that writes is held up neither by its worker nor by the log.
 */
final class OutputPump {

    private static final int BUFFER = 64 * 1024;

    private final OutputPipe pipe;

    private final OutputLog log;

    private final Thread thread;

    private final LastLines lastLines = new LastLines();

    /** Somebody else may hold the stream open. Worker's thread only. */
    private boolean awaited;

    private OutputPump(OutputPipe pipe, OutputLog log, String threadName) {
        this.pipe = pipe;
        this.log = log;
        this.thread = new Thread(this::run, threadName);
        this.thread.setDaemon(true);
    }

    static OutputPump start(OutputPipe pipe, OutputLog log, String threadName) {
        OutputPump pump = new OutputPump(pipe, log, threadName);
        pump.thread.start();
        return pump;
    }

    private void run() {
        LineSplitter splitter = new LineSplitter(this::accept);
        byte[] buffer = new byte[BUFFER];
        try {
            for (int count = this.pipe.read(buffer); count >= 0; count = this.pipe.read(buffer)) {
                splitter.add(buffer, count);
            }
        }
        catch (IOException ex) {
            // nobody wants to know more: the child is gone
        }
        finally {
            this.pipe.close();
            splitter.end();
            this.log.end();
        }
    }

    private void accept(byte[] buffer, int length) {
        try {
            this.lastLines.add(buffer, length);
            this.log.add(buffer, length);
        }
        catch (OutOfMemoryError ex) {
            // the line is lost, but the child must be able to go on writing
            return;
        }
    }

    /**
     * Returns the last lines, waiting a little for the end of the stream, but only once.
     */
    List<String> lastLines(Duration patience) {
        await(patience);
        return this.lastLines.list();
    }

    private void await(Duration patience) {
        try {
            if (!this.awaited) {
                this.thread.join(patience.toMillis());
            }
            this.awaited = true;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Reads what a dead child has left to be read, and no more, even if somebody else
     * holds the stream open: after a little while the thread ends. Where the system does
     * not allow that, it ends when that somebody does.
     */
    void close(Duration patience) {
        await(patience);
        this.pipe.abandon();
    }

}
