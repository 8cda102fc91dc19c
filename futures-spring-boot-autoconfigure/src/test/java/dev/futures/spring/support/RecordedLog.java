// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What this library logs, from INFO on, while it is open: the core to the JDK's logging,
 * the integration to that of Spring.
 */
public final class RecordedLog implements AutoCloseable {

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    private final Handler ofCore = new Handler() {

        @Override
        public void publish(LogRecord entry) {
            RecordedLog.this.entries
                .add(new Entry(name(entry), new SimpleFormatter().formatMessage(entry), entry.getThrown()));
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }

    };

    private final AppenderBase<ILoggingEvent> ofSpring = new AppenderBase<>() {

        @Override
        protected void append(ILoggingEvent event) {
            RecordedLog.this.entries.add(new Entry(event.getLevel().toString(), event.getFormattedMessage(),
                    thrown(event.getThrowableProxy())));
        }

    };

    // referred to, or the JDK would forget the logger and this handler with it
    private final java.util.logging.Logger core;

    private final java.util.logging.@Nullable Level levelOfCore;

    private final Logger spring;

    private final ch.qos.logback.classic.@Nullable Level levelOfSpring;

    public RecordedLog() {
        this("dev.futures");
    }

    public RecordedLog(Class<?> type) {
        this(type.getName());
    }

    private RecordedLog(String name) {
        this.core = java.util.logging.Logger.getLogger(name);
        this.levelOfCore = this.core.getLevel();
        this.core.setLevel(java.util.logging.Level.INFO);
        this.core.addHandler(this.ofCore);
        this.spring = (Logger) LoggerFactory.getLogger(name);
        this.levelOfSpring = this.spring.getLevel();
        this.spring.setLevel(ch.qos.logback.classic.Level.INFO);
        this.ofSpring.start();
        this.spring.addAppender(this.ofSpring);
    }

    private static String name(LogRecord entry) {
        return switch (entry.getLevel().getName()) {
            case "SEVERE" -> "ERROR";
            case "WARNING" -> "WARN";
            default -> entry.getLevel().getName();
        };
    }

    private static @Nullable Throwable thrown(@Nullable IThrowableProxy proxy) {
        return (proxy instanceof ThrowableProxy known) ? known.getThrowable() : null;
    }

    /** Returns the level and the message of each entry. */
    public List<String> lines() {
        return this.entries.stream().map((each) -> each.level() + " " + each.message()).toList();
    }

    public List<String> messages() {
        return this.entries.stream().map(Entry::message).toList();
    }

    public List<@Nullable Throwable> thrown() {
        return this.entries.stream().<@Nullable Throwable>map(Entry::thrown).toList();
    }

    @Override
    public void close() {
        this.core.removeHandler(this.ofCore);
        this.core.setLevel(this.levelOfCore);
        this.spring.detachAppender(this.ofSpring);
        this.spring.setLevel(this.levelOfSpring);
        this.ofSpring.stop();
    }

    private record Entry(String level, String message, @Nullable Throwable thrown) {

    }

}
