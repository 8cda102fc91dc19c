// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What is logged of {@link SubmitAsync} methods until this is closed.
 */
final class RecordedLog extends Handler implements AutoCloseable {

    // as long as it is referred to, the log manager keeps it
    private final Logger logger = Logger.getLogger(SubmitAsync.class.getName());

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    RecordedLog() {
        this.logger.addHandler(this);
    }

    /** Returns the level and the message of each record. */
    List<String> lines() {
        return this.records.stream().map((each) -> each.getLevel() + " " + each.getMessage()).toList();
    }

    List<Throwable> thrown() {
        return this.records.stream().map(LogRecord::getThrown).toList();
    }

    @Override
    public void publish(LogRecord record) {
        this.records.add(record);
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
        this.logger.removeHandler(this);
    }

}
