// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What this library logs while it is open, wherever the log goes.
 */
final class RecordedLog extends Handler implements AutoCloseable {

    // referred to, or the JDK would forget the logger and this handler with it
    private final Logger logger = Logger.getLogger("dev.futures");

    private final Level before = this.logger.getLevel();

    private final List<String> messages = new CopyOnWriteArrayList<>();

    RecordedLog() {
        this.logger.setLevel(Level.INFO);
        this.logger.addHandler(this);
    }

    List<String> messages() {
        return this.messages;
    }

    @Override
    public void publish(LogRecord logged) {
        this.messages.add(logged.getMessage());
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
        this.logger.removeHandler(this);
        this.logger.setLevel(this.before);
    }

}
