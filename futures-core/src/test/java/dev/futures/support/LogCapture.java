// SPDX-License-Identifier: Apache-2.0

package dev.futures.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What is logged while this is open, which then does not go to the console.
 */
public final class LogCapture implements AutoCloseable {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private final int limit;

    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord entry) {
            if (LogCapture.this.records.size() < LogCapture.this.limit) {
                LogCapture.this.records.add(entry);
            }
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }

    };

    // a strong reference: the JDK forgets loggers that nobody holds
    private final Logger logger;

    public LogCapture(String name) {
        this(name, Integer.MAX_VALUE);
    }

    /** Keeps about as many as the limit says, and drops the rest. */
    public LogCapture(String name, int limit) {
        this.limit = limit;
        this.logger = Logger.getLogger(name);
        this.logger.setUseParentHandlers(false);
        this.logger.addHandler(this.handler);
        this.logger.setLevel(Level.ALL);
    }

    @Override
    public void close() {
        this.logger.removeHandler(this.handler);
        this.logger.setUseParentHandlers(true);
        this.logger.setLevel(null);
    }

    public List<String> messages() {
        return this.records.stream().map(LogRecord::getMessage).toList();
    }

    /** Those that are at least as important as the given level. */
    public List<String> messages(Level level) {
        return this.records.stream()
            .filter((entry) -> entry.getLevel().intValue() >= level.intValue())
            .map(LogRecord::getMessage)
            .toList();
    }

    public List<Throwable> thrown() {
        return this.records.stream().map(LogRecord::getThrown).toList();
    }

}
