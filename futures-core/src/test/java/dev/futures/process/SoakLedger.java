// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happened during a soak, in numbers, and what should not have happened.
 */
final class SoakLedger {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private final AtomicLong submitted = new AtomicLong();

    private final AtomicLong settled = new AtomicLong();

    private final AtomicLong watched = new AtomicLong();

    private final AtomicLong callbacks = new AtomicLong();

    private final AtomicLong cycles = new AtomicLong();

    void count(String what) {
        add(what, 1);
    }

    void add(String what, long number) {
        this.counts.computeIfAbsent(what, (key) -> new LongAdder()).add(number);
    }

    void submitted() {
        this.submitted.incrementAndGet();
    }

    /** Counts a task or a map that has ended as it may. */
    void settled(String how) {
        this.settled.incrementAndGet();
        count("tasks: " + how);
    }

    /** Counts a future that got a callback. */
    void watched() {
        this.watched.incrementAndGet();
    }

    void calledBack() {
        this.callbacks.incrementAndGet();
    }

    /** Counts a pool that was made, used and ended. */
    void cycled() {
        this.cycles.incrementAndGet();
    }

    /** How many tasks and maps have ended as they may. */
    long tasks() {
        return this.settled.get();
    }

    long callbacks() {
        return this.callbacks.get();
    }

    long cycles() {
        return this.cycles.get();
    }

    /** Each task ended once, and each callback ran once. */
    void assertBalanced() {
        assertThat(this.settled).as("tasks that ended").hasValue(this.submitted.get());
        assertThat(this.callbacks).as("callbacks").hasValue(this.watched.get());
    }

    void failed(Throwable failure) {
        this.failures.add(failure);
    }

    Queue<Throwable> failures() {
        return this.failures;
    }

    /** The numbers by name. */
    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        this.counts.forEach((what, number) -> all.put(what, number.sum()));
        return all;
    }

}
