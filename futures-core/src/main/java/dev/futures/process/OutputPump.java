// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Takes what a child writes to one of its output streams to the log, line by line, and
 * remembers the last lines. A thread of its own, so that a child that writes is never
 * held up by what its worker does.
 */
final class OutputPump {

    private static final int MAX_LINE = 8 * 1024;

    private static final int REMEMBERED = 20;

    private final InputStream stream;

    private final Logger logger;

    private final Level level;

    private final String prefix;

    private final Thread thread;

    /** Somebody else may hold the stream open. Worker's thread only. */
    private boolean awaited;

    private final Deque<String> lastLines = new ArrayDeque<>();

    private OutputPump(InputStream stream, Logger logger, Level level, String prefix, String threadName) {
        this.stream = stream;
        this.logger = logger;
        this.level = level;
        this.prefix = prefix;
        this.thread = new Thread(this::run, threadName);
        this.thread.setDaemon(true);
    }

    static OutputPump start(InputStream stream, Logger logger, Level level, String prefix, String threadName) {
        OutputPump pump = new OutputPump(stream, logger, level, prefix, threadName);
        pump.thread.start();
        return pump;
    }

    private void run() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(this.stream)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    line.write(next);
                }
                if (next == '\n' || line.size() >= MAX_LINE) {
                    accept(line);
                }
            }
        }
        catch (IOException ex) {
            this.logger.log(Level.DEBUG, () -> this.prefix + "the stream was closed", ex);
        }
        if (line.size() > 0) {
            accept(line);
        }
    }

    private void accept(ByteArrayOutputStream bytes) {
        String line = bytes.toString(StandardCharsets.UTF_8).stripTrailing();
        bytes.reset();
        synchronized (this.lastLines) {
            if (this.lastLines.size() == REMEMBERED) {
                this.lastLines.removeFirst();
            }
            this.lastLines.addLast(line);
        }
        this.logger.log(this.level, this.prefix + line);
    }

    /**
     * Returns the last lines, waiting a little for the end of the stream, but only once.
     */
    List<String> lastLines(Duration patience) {
        try {
            if (!this.awaited) {
                this.thread.join(patience.toMillis());
            }
            this.awaited = true;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        synchronized (this.lastLines) {
            return List.copyOf(this.lastLines);
        }
    }

}
