// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.futures.support.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The heap of this process after garbage collections, in the course of a soak. What a
 * load has in flight comes and goes, so the least of some samples counts.
 */
final class SoakMemory {

    static final int SAMPLES = 60;

    /** How much more there may be, in MiB: more than classes, less than any leak. */
    static final double MARGIN = 8;

    private final List<Double> samples = new ArrayList<>();

    /** Returns the heap in use, in MiB. */
    static double used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024.0 / 1024.0;
    }

    void watchFor(Duration duration, BooleanSupplier until) throws InterruptedException {
        for (int i = 0; i < SAMPLES && !Await.happens(duration.dividedBy(SAMPLES), until); i++) {
            this.samples.add(used());
        }
    }

    double firstThird() {
        return least(0, this.samples.size() / 3);
    }

    double lastThird() {
        return least(this.samples.size() * 2 / 3, this.samples.size());
    }

    private double least(int from, int to) {
        return this.samples.subList(from, to).stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    void assertSteady() {
        assertThat(lastThird()).as("heap in MiB in the last third").isLessThan(firstThird() + MARGIN);
    }

}
