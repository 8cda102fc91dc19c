// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happened during a soak, in numbers, and what should not have happened.
 */
final class SoakLedger {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private final AtomicLong submitted = new AtomicLong();

    private final AtomicLong callbacks = new AtomicLong();

    void count(String what) {
        add(what, 1);
    }

    void add(String what, long number) {
        this.counts.computeIfAbsent(what, (key) -> new LongAdder()).add(number);
    }

    void submitted() {
        this.submitted.incrementAndGet();
    }

    void calledBack() {
        this.callbacks.incrementAndGet();
    }

    long submissions() {
        return this.submitted.get();
    }

    long callbacks() {
        return this.callbacks.get();
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
