// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream on their way to the log. What comes faster than the log may grow,
 * or than it is written, is left out and counted; then nothing is taken for about a
 * second, so that what is left out is a passage and not every other line.
 */
final class OutputQueue {

    static final int MAX_LINES = 1000;

    static final int MAX_BYTES = 512 * 1024;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final OutputRate rate;

    @GuardedBy("lock")
    private final Deque<byte[]> lines = new ArrayDeque<>();

    @GuardedBy("lock")
    private int bytes;

    @GuardedBy("lock")
    private long omittedLines;

    @GuardedBy("lock")
    private long omittedBytes;

    /** Whether anything is left out because the log is slow. */
    @GuardedBy("lock")
    private boolean full;

    @GuardedBy("lock")
    private boolean ended;

    /** Whether somebody is going to take what is there. */
    @GuardedBy("lock")
    private boolean attended;

    OutputQueue(LongSupplier clock) {
        this.rate = new OutputRate(clock);
    }

    /**
     * Takes a line, or leaves it out. Never waits for the log.
     * @return whether somebody has to be called who takes what is there: nobody is
     * attending to it yet
     */
    boolean offer(byte[] buffer, int length) {
        this.lock.lock();
        try {
            if (mayTake(length)) {
                add(Arrays.copyOf(buffer, length));
            }
            else {
                this.omittedLines++;
                this.omittedBytes += length;
            }
            boolean alone = !this.attended;
            this.attended = true;
            return alone;
        }
        finally {
            this.lock.unlock();
        }
    }

    @GuardedBy("lock")
    private boolean mayTake(int length) {
        if (this.omittedLines > 0) {
            boolean recovered = this.lines.size() <= MAX_LINES / 2 && this.bytes <= MAX_BYTES / 2
                    && this.rate.untilRecovered() == 0;
            if (!recovered) {
                return false;
            }
            add(summary());
        }
        if (this.lines.size() >= MAX_LINES || this.bytes + length > MAX_BYTES) {
            this.full = true;
            return false;
        }
        return this.rate.take(length);
    }

    @GuardedBy("lock")
    private void add(byte[] line) {
        this.lines.add(line);
        this.bytes += line.length;
    }

    /** What was left out, in words; starts to count anew. */
    @GuardedBy("lock")
    private byte[] summary() {
        String what = (this.omittedLines == 1) ? "1 line (" + this.omittedBytes + " bytes) was"
                : this.omittedLines + " lines (" + this.omittedBytes + " bytes) were";
        String why = this.full ? "the log does not keep up"
                : "more than " + OutputRate.PER_SECOND + " lines or KiB a second";
        this.omittedLines = 0;
        this.omittedBytes = 0;
        this.full = false;
        return (what + " left out: " + why).getBytes(StandardCharsets.UTF_8);
    }

    /** There will be no more lines: what was left out is to be told at once. */
    void end() {
        this.lock.lock();
        try {
            this.ended = true;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Returns what is to be logged next, or {@code null} if there is nothing now. */
    byte @Nullable [] poll() {
        this.lock.lock();
        try {
            byte[] line = this.lines.poll();
            if (line != null) {
                this.bytes -= line.length;
                return line;
            }
            boolean due = this.omittedLines > 0 && (this.ended || this.rate.untilRecovered() == 0);
            return due ? summary() : null;
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Ends the attendance, unless there is more to come.
     * @return in how many nanoseconds there is something to be taken, or -1 if that is
     * not known: then the next line calls somebody
     */
    long rest() {
        this.lock.lock();
        try {
            if (!this.lines.isEmpty()) {
                return 0;
            }
            if (this.omittedLines > 0) {
                return this.ended ? 0 : this.rate.untilRecovered();
            }
            this.attended = false;
            return -1;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Nobody came to take what is there: the next line calls somebody. */
    void abandon() {
        this.lock.lock();
        try {
            this.attended = false;
        }
        finally {
            this.lock.unlock();
        }
    }

}
