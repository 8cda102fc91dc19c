// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What a class logs until this is closed.
 */
final class LogRecords extends Handler implements AutoCloseable {

    private final List<String> messages = new CopyOnWriteArrayList<>();

    // kept, since the log manager would forget it
    private final Logger logger;

    LogRecords(Class<?> type) {
        this.logger = Logger.getLogger(type.getName());
        this.logger.addHandler(this);
    }

    List<String> messages() {
        return this.messages;
    }

    @Override
    public void publish(LogRecord entry) {
        this.messages.add(new SimpleFormatter().formatMessage(entry));
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
        this.logger.removeHandler(this);
    }

}
